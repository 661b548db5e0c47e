#include "flow/record.h"

#include <algorithm>

#include "base/json.h"
#include "base/log.h"
#include "domain/advance.h"
#include "domain/breaker.h"
#include "domain/recording.h"
#include "flow/rep_leg.h"
#include "store/call_counts.h"
#include "store/calls.h"
#include "store/campaigns.h"
#include "store/changes.h"
#include "store/consents.h"
#include "store/due.h"
#include "store/leads.h"
#include "store/line.h"
#include "store/recordings.h"
#include "store/rep_phones.h"
#include "store/settings.h"

namespace ringdown::flow {
namespace {

Json body_of(const CallEvent& event) {
  return {std::visit([](const auto& what) { return write_json(what); }, event)};
}

// One event in one unit: judged, saved, and its effects carried out.
class Entry {
 public:
  Entry(Tx& tx, Chance& chance, const EnginePolicy& policy, Time now)
      : tx_(tx), chance_(chance), policy_(policy), now_(now), clock_(store::calling_clock(tx)) {}

  Result<Call> run(CallId id, const EventKey& key, const CallEvent& event) {
    auto call = store::call_to_change(tx_, id);
    if (!call) return fail(Reason::not_found, "there is no such call");
    if (is_named_after_another(*call, event))
      return fail(Reason::conflict, "the carrier calls another call of ours so");
    if (!note(id, key, event)) return *std::move(call);
    take(*std::move(call), event);
    return after_.call;
  }

  // The same for a call in hand, whatever it was that happened.
  void take(Call call, const CallEvent& event) {
    const Scene before = scene_of(std::move(call));
    Step step = advance(before, event, now_);
    after_ = std::move(step.after);
    if (after_.call != before.call) save(before);
    for (const Effect& effect : step.effects) std::visit([&](const auto& what) { carry_out(what); }, effect);
    wake();
  }

 private:
  bool is_named_after_another(const Call& call, const CallEvent& event) {
    const auto* placed = std::get_if<Placed>(&event);
    return placed != nullptr && !call.call_sid && store::call_by_sid(tx_, placed->sid);
  }

  bool note(CallId id, const EventKey& key, const CallEvent& event) {
    return store::note_event(tx_, {.id = chance_.id<struct CallEventTag>(now_).value,
                                   .call_id = id,
                                   .key = key.empty() ? std::nullopt : std::optional(key),
                                   .kind = name_of(event),
                                   .body = body_of(event),
                                   .at = now_});
  }

  Scene scene_of(Call call) {
    const auto campaign =
        call.campaign_id ? store::find_campaign(tx_, *call.campaign_id) : store::default_campaign(tx_);
    const CampaignRules rules = campaign ? campaign->rules : CampaignRules{};
    Scene scene{.call = std::move(call), .lead = {}, .policy = rules.retry};
    if (scene.call.lead_id) scene.lead = store::lead_to_change(tx_, *scene.call.lead_id);
    scene.deliveries_max = policy_.deliveries_max;
    scene.ring_lease = std::chrono::seconds(rules.ring_timeout_seconds) + policy_.ring_grace;
    scene.talk_lease = std::chrono::seconds(rules.talk_limit_seconds) + policy_.ring_grace;
    if (scene.call.kind == CallKind::rep_leg) scene.talk_lease += leg_outlasts_call;
    scene.lookup_every = policy_.lookup_every;
    scene.lookups_max = static_cast<int>(policy_.creation_delay_max / policy_.lookup_every) + 2;
    return scene;
  }

  void save(const Scene& before) {
    const Call& call = after_.call;
    store::save_call(tx_, call);
    store::add_change(tx_, "call", call.id.value, now_);
    if (after_.lead && *after_.lead != *before.lead) save_lead(*before.lead);
    if (call.status != before.call.status) {
      log::info("call moved", {{"call", to_text(call.id)}, {"status", to_text(call.status)}});
      if (is_terminal(call.status)) leave();
    }
    if (call.lease_until) reconcile_at(*call.lease_until);
  }

  void save_lead(const Lead& before) {
    keep_links_apart(before);
    after_.lead->updated_at = now_;
    store::move_lead(tx_, *after_.lead);
    store::add_change(tx_, "lead", after_.lead->id.value, now_);
  }

  // A call is linked to one lead: where people gave it to another, there it stays.
  void keep_links_apart(const Lead& before) {
    auto& sid = after_.lead->call_sid;
    if (!sid || sid == before.call_sid) return;
    const auto other = store::lead_by_call(tx_, *sid);
    if (!other) return;
    log::info("a call is linked to another lead already",
              {{"call", to_text(after_.call.id)}, {"lead", to_text(other->id)}});
    sid = before.call_sid;
  }

  // It holds its number, its line and its lead no more.
  void leave() {
    if (came_in()) return;
    if (after_.call.leg_of) return rep_is_gone(after_.call);
    if (after_.call.kind == CallKind::call) store::count_ended(tx_, after_.call);
    if (after_.call.rep_id) {
      for (const Call& leg : store::legs_of(tx_, after_.call.id)) end_too(leg.id, {});
    }
    store::leave_line(tx_, asked_lane, after_.call.id.value);
    place_lead();
    const std::string& phone = after_.call.phone;
    store::wake_phones(tx_, std::span(&phone, 1), clock_.calling(now_));
    dial_at(now_);
  }

  // One that nobody's phone ever rang for is asked for again, a few times. Otherwise nobody talks on its
  // call.
  void rep_is_gone(const Call& leg) {
    const bool may_ring_again = leg.cause == Cause::undelivered && !leg.end_asked;
    if (may_ring_again && std::ssize(store::legs_of(tx_, *leg.leg_of)) < policy_.deliveries_max)
      return wake_call(*leg.leg_of);
    end_too(*leg.leg_of, {leg.joined_at ? "whoever talked on it hung up"
                                        : "the phone of whoever was to talk on it was not answered"});
  }

  void end_too(CallId other, EndAsked why) {
    Entry(tx_, chance_, policy_, now_).run(other, {}, std::move(why)).value();
  }

  // Whose rep is there, or has to be rung again.
  void wake_call(CallId id) {
    const auto call = store::find_call(tx_, id);
    if (call && call->status == CallStatus::queued) put_back(*call, Span{0});
  }

  void put_back(const Call& call, Span after) {
    store::put_in_line(tx_, {.lane = call.campaign_id ? lane_of(*call.campaign_id) : asked_lane,
                             .subject = call.campaign_id ? call.lead_id->value : call.id.value,
                             .lead_id = call.lead_id,
                             .call_id = call.id,
                             .phone = call.phone,
                             .state = LineState::waiting,
                             .rank = static_cast<int>(call.priority),
                             .turn = {},
                             .ready_at = clock_.calling(now_ + after),
                             .rule = {}});
    dial_at(now_ + after);
  }

  bool came_in() const { return after_.call.direction == Direction::inbound; }

  void place_lead() {
    if (!after_.call.lead_id) return;
    const auto& lead = after_.lead;
    const bool waits = lead && (lead->status == LeadStatus::pending || lead->status == LeadStatus::callback);
    const Time calling_now = clock_.calling(now_);
    const Time ready_at = waits ? lead->next_attempt_at.value_or(calling_now) : calling_now;
    store::move_lead_in_line(tx_, *after_.call.lead_id, waits ? LineState::waiting : LineState::done,
                             ready_at, lead && lead->last_called_at ? *lead->last_called_at : Time{});
    dial_at(clock_.real(ready_at));
  }

  void dial_at(Time at) { dial_at_ = std::min(at, dial_at_.value_or(at)); }
  void reconcile_at(Time at) { reconcile_at_ = std::min(at, reconcile_at_.value_or(at)); }

  // Last, and in the order in which a claim does: these rows are everybody's.
  void wake() {
    if (reconcile_at_) store::make_due_by(tx_, store::reconcile_work, *reconcile_at_);
    if (dial_at_) store::make_due_by(tx_, store::dial_work, *dial_at_);
  }

  // ---- effects ----

  void carry_out(const BlockNumber&) {
    const store::BlockedNumber blocked{.phone = after_.call.phone,
                                       .source = "opt-out",
                                       .reason = "asked for during a call",
                                       .added_at = now_,
                                       .added_by = {}};
    store::block_numbers(tx_, std::span(&blocked, 1));
    store::add_change(tx_, "dnc", std::nullopt, now_);
    for (const Call& other : store::calls_to_stop(tx_, std::span(&blocked.phone, 1))) {
      if (other.id == after_.call.id) continue;
      end_too(other.id, {});
    }
  }

  void carry_out(const EndAtCarrier&) { reconcile_at(now_); }

  void carry_out(const BackInLine& back) { put_back(after_.call, back.after); }

  void carry_out(const StopCampaign& stop) {
    const auto& campaign = after_.call.campaign_id;
    if (!campaign || !store::stop_campaign(tx_, *campaign, stop.why, now_)) return;
    store::add_change(tx_, "campaign", campaign->value, now_);
    log::warn("a campaign stops", {{"campaign", to_text(*campaign)}, {"reason", stop.why}});
  }

  void carry_out(const HoldNumber& hold) {
    store::hold_number(tx_, after_.call.phone, clock_.calling(now_) + hold.time);
  }

  void carry_out(const CarrierHealth& health) {
    for (const Account& account : store::accounts(tx_)) {
      if (account.id != after_.call.account_id) continue;
      const auto changed = after_word(account, health.good, now_);
      if (!changed) continue;
      store::save_health(tx_, *changed);
      if (changed->paused_until != account.paused_until) {
        log::warn("a carrier account rests",
                  {{"account", to_text(account.id)}, {"until", *changed->paused_until}});
      }
    }
  }

  void carry_out(const Settle& settle) {
    if (after_.call.campaign_id) {
      store::settle_campaign(tx_, *after_.call.campaign_id, -settle.unreserve, settle.spend);
    }
  }

  // While a call is over already; otherwise its end sees to the line.
  void carry_out(const LeadMoved&) {
    if (came_in() || is_terminal(after_.call.status)) place_lead();
  }

  void carry_out(const RangLate&) {
    if (after_.call.kind == CallKind::call) store::count_rang_late(tx_, after_.call.id);
    log::warn("a call rang after it was given up", {{"call", to_text(after_.call.id)}});
  }

  void carry_out(const TellMailbox&) { reconcile_at(now_); }

  void carry_out(const RepJoined&) {
    const Call& call = after_.call;
    if (call.leg_of) return wake_call(*call.leg_of);
    if (call.rep_id && store::confirm_rep_phone(tx_, *call.rep_id, call.id, now_))
      store::add_change(tx_, "rep-phone", call.rep_id->value, now_);
  }

  // Unless somebody turned recordings off since the notice began, or erased the lead.
  void carry_out(const BeginRecording&) {
    if (lead_is_gone()) return;
    if (!after_.call.account_id || !store::load_settings(tx_).recording_enabled) return;
    save_recording(new_recording());
  }

  // One whose beginning nobody answered for gets its name now; the carrier may know of more than we began.
  void carry_out(const NoteRecording& note) {
    const auto known = store::recordings_of(tx_, after_.call.id);
    auto found = std::ranges::find(known, note.told.sid, &Recording::sid);
    if (found == known.end()) found = std::ranges::find(known, std::optional<std::string>(), &Recording::sid);
    const bool is_new = found == known.end();
    if (is_new && !after_.call.account_id) return;
    Recording recording = is_new ? new_recording() : *found;
    hear(recording, note.told, now_);
    if (is_new && lead_is_gone()) move_to(recording, RecordingStage::leaving, now_);
    if (is_new || recording != *found) save_recording(recording);
  }

  bool lead_is_gone() const { return after_.call.lead_id && !after_.lead; }

  Recording new_recording() {
    return {.id = chance_.id<RecordingTag>(now_),
            .call_id = after_.call.id,
            .account_id = *after_.call.account_id,
            .ready_at = now_,
            .created_at = now_};
  }

  void save_recording(const Recording& recording) {
    store::save_recording(tx_, recording);
    store::add_change(tx_, "recording", recording.id.value, now_);
  }

  Tx& tx_;
  Chance& chance_;
  const EnginePolicy& policy_;
  const Time now_;
  const CallingClock clock_;
  Scene after_;
  std::optional<Time> dial_at_;
  std::optional<Time> reconcile_at_;
};

}  // namespace

Result<Call> record_in(Tx& tx, const Engine& with, CallId id, const EventKey& key, const CallEvent& event,
                       Time now) {
  return record_in(tx, with.chance, with.policy, id, key, event, now);
}

Result<Call> record_in(Tx& tx, Chance& chance, const EnginePolicy& policy, CallId id, const EventKey& key,
                       const CallEvent& event, Time now) {
  return Entry(tx, chance, policy, now).run(id, key, event);
}

Task<Result<Call>> record(Engine with, Workspace workspace, CallId id, EventKey key, CallEvent event) {
  co_return co_await with.db.write(
      workspace,
      [with, id, key, event](Tx& tx) { return record_in(tx, with, id, key, event, with.clock.now()); },
      Urgency::urgent);
}

}  // namespace ringdown::flow
