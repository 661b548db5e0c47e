#include "flow/campaigns.h"

#include "flow/line_up.h"
#include "store/calls.h"
#include "store/campaigns.h"
#include "store/changes.h"
#include "store/due.h"
#include "store/line.h"
#include "store/rep_phones.h"

namespace ringdown::flow {
namespace {

std::unexpected<Failure> no_such_campaign() {
  return fail(Reason::not_found, "there is no such campaign");
}

Result<CampaignRules> tidied(Tx& tx, const NumberDesk& desk, CampaignRules rules) {
  if (rules.hours) {
    if (auto hours = week_hours_of(*rules.hours); !hours) return std::unexpected(std::move(hours.error()));
  }
  if (rules.begins_at && rules.ends_at && *rules.ends_at <= *rules.begins_at) {
    return fail(Reason::invalid, "the end comes before the beginning", "ends_at");
  }
  if (rules.pipeline_id && !store::find_pipeline(tx, *rules.pipeline_id)) {
    return fail(Reason::invalid, "there is no such pipeline; /api/pipelines lists them", "pipeline_id");
  }
  for (std::string& caller_id : rules.caller_ids) {
    auto number = number_of(desk, caller_id);
    if (!number) return fail(Reason::invalid, number.error().text, "caller_ids");
    caller_id = *std::move(number);
  }
  return rules;
}

void tell(Tx& tx, const Act& act, const Campaign& campaign, const char* what) {
  store::add_change(tx, "campaign", campaign.id.value, act.now);
  note_here(tx, act, what, to_text(campaign.id));
}

// Everybody whom it calls is judged by its rules of now.
void plan_anew(Tx& tx, const Campaign& campaign, Time now) {
  store::plan_from(tx, campaign.id, std::nullopt);
  plan_soon(tx, now);
}

Result<void> may_talk(Tx& tx, const Act& act, const ScheduledCall& said) {
  for (const auto& [text, field] :
       {std::pair{&said.message, "message"}, {&said.voicemail_message, "voicemail_message"}}) {
    if (*text) return fail(Reason::invalid, "where you talk nothing else is said", field);
  }
  if (!act.user)
    return fail(Reason::conflict, "only who is signed in can talk; a key has no phone", "with_me");
  const auto phone = store::find_rep_phone(tx, *act.user);
  if (phone && phone->confirmed_at) return {};
  return fail(Reason::conflict, "your phone is not confirmed yet; PUT /api/phone has it rung", "with_me");
}

Campaign campaign_of(const Act& act, CampaignRules rules) {
  return {.id = act.chance.id<CampaignTag>(act.now),
          .rules = std::move(rules),
          .problem = {},
          .created_at = act.now,
          .updated_at = act.now};
}

}  // namespace

Result<Campaign> add_campaign(Tx& tx, const Act& act, const NumberDesk& desk, CampaignRules rules) {
  auto read = tidied(tx, desk, std::move(rules));
  if (!read) return std::unexpected(std::move(read.error()));
  const Campaign campaign = campaign_of(act, *std::move(read));
  store::add_campaign(tx, campaign);
  tell(tx, act, campaign, "campaign added");
  return campaign;
}

Result<Campaign> change_campaign(Tx& tx, const Act& act, const NumberDesk& desk, CampaignId id,
                                 const JsonPatch<CampaignRules>& patch) {
  auto campaign = store::campaign_to_change(tx, id);
  if (!campaign) return no_such_campaign();
  CampaignRules said = campaign->rules;
  patch.put_over(said);
  auto read = tidied(tx, desk, std::move(said));
  if (!read) return std::unexpected(std::move(read.error()));

  campaign->rules = *std::move(read);
  campaign->updated_at = act.now;
  store::save_campaign(tx, *campaign);
  plan_anew(tx, *campaign, act.now);
  tell(tx, act, *campaign, "campaign changed");
  return *std::move(campaign);
}

Result<Campaign> start_campaign(Tx& tx, const Act& act, CampaignId id) {
  auto campaign = store::campaign_to_change(tx, id);
  if (!campaign) return no_such_campaign();
  if (store::accounts(tx).empty()) {
    return fail(Reason::conflict, "there is no carrier account to call through; configure one first");
  }
  campaign->state = CampaignState::running;
  campaign->problem.reset();
  campaign->updated_at = act.now;
  store::save_campaign(tx, *campaign);
  plan_anew(tx, *campaign, act.now);
  tell(tx, act, *campaign, "campaign started");
  return *std::move(campaign);
}

Campaign automation(Tx& tx, const Act& act) {
  if (auto known = store::default_campaign(tx)) return *std::move(known);
  Campaign campaign = campaign_of(act, {.name = "automation"});
  campaign.is_default = true;
  store::add_campaign(tx, campaign);
  return campaign;
}

Result<Campaign> set_automation(Tx& tx, const Act& act, const JsonPatch<Automation>& patch) {
  Campaign campaign = automation(tx, act);
  Automation words = automation_of(campaign);
  patch.put_over(words);
  campaign.rules = with_words(std::move(campaign.rules), words);
  campaign.updated_at = act.now;
  store::save_campaign(tx, campaign);
  tell(tx, act, campaign, "automation changed");
  if (words.automation_enabled) return start_campaign(tx, act, campaign.id);
  plan_anew(tx, campaign, act.now);
  return campaign;
}

Result<Call> schedule_call(Tx& tx, const Act& act, const NumberDesk& desk, const ScheduledCall& said) {
  if (said.with_me) {
    if (auto ready = may_talk(tx, act, said); !ready) return std::unexpected(std::move(ready.error()));
  }
  auto phone = number_of(desk, said.to);
  if (!phone) return fail(Reason::invalid, phone.error().text, "to");
  if (said.lead_id) {
    const auto lead = store::find_lead(tx, *said.lead_id);
    if (!lead) return fail(Reason::not_found, "there is no such lead", "lead_id");
    if (lead->phone != *phone) return fail(Reason::conflict, "this lead has another number", "to");
  }
  Call call;
  call.id = act.chance.id<CallTag>(act.now);
  call.lead_id = said.lead_id;
  call.phone = *std::move(phone);
  call.priority = said.priority;
  call.purpose = said.purpose.value_or(Purpose::marketing);
  call.message = said.message;
  call.voicemail_message = said.voicemail_message;
  if (said.with_me) {
    call.voice = Voice::human;
    call.rep_id = act.user;
  }
  call.scheduled_for = said.scheduled_time;
  call.asked_for = true;
  call.created_at = call.updated_at = act.now;
  call.created_by = act.user;
  put_in_line(tx, call, act.now);
  return call;
}

void put_in_line(Tx& tx, const Call& call, Time now) {
  store::save_call(tx, call);
  const CallingClock clock = store::calling_clock(tx);
  const Time ready_at = std::max(clock.calling(now), call.scheduled_for.value_or(Time::min()));
  store::put_in_line(tx, {.lane = asked_lane,
                          .subject = call.id.value,
                          .lead_id = call.lead_id,
                          .call_id = call.id,
                          .phone = call.phone,
                          .state = LineState::waiting,
                          .rank = static_cast<int>(call.priority),
                          .turn = clock.calling(now),
                          .ready_at = ready_at,
                          .rule = {}});
  store::make_due_by(tx, store::dial_work, clock.real(ready_at));
  store::add_change(tx, "call", call.id.value, now);
}

std::optional<QueuePosition> position_of(Tx& tx, const Call& call, Time now) {
  if (call.status != CallStatus::queued) return {};
  const auto place = store::place_of_call(tx, call.id);
  if (!place) return {};
  QueuePosition position{.ahead = store::places_ahead(tx, *place), .not_before = {}};
  const CallingClock clock = store::calling_clock(tx);
  Time at = std::max(now, clock.real(place->ready_at));
  int pace = 0;
  for (const Account& account : store::accounts(tx)) {
    pace += account.calls_per_second;
    if (account.paused_until) at = std::max(at, *account.paused_until);
  }
  if (pace > 0) position.not_before = at + Span(1s) * position.ahead / pace;
  return position;
}

}  // namespace ringdown::flow
