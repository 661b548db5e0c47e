#include "flow/gate.h"

#include <algorithm>
#include <ranges>

#include "domain/jurisdictions.h"
#include "store/calls.h"
#include "store/campaigns.h"
#include "store/leads.h"
#include "store/settings.h"

namespace ringdown::flow {
namespace {

constexpr Span gap_between_checks = 5min;  // a slip of the finger should not cost an hour

ZoneFacts where_is(const LeadFields& lead) {
  const auto text = [](const std::optional<std::string>& maybe) {
    return maybe ? std::string_view(*maybe) : std::string_view();
  };
  ZoneFacts facts{.stored = text(lead.timezone),
                  .city = text(lead.city),
                  .region = text(lead.state),
                  .country = text(lead.country),
                  .postal_code = text(lead.postal_code),
                  .e164 = lead.phone};
  if (lead.latitude && lead.longitude) facts.at = GeoPoint{*lead.latitude, *lead.longitude};
  return facts;
}

std::vector<std::string> phones_of(std::span<const LinePlace> places) {
  std::vector<std::string> phones;
  for (const LinePlace& place : places) phones.push_back(place.phone);
  std::ranges::sort(phones);
  const auto repeated = std::ranges::unique(phones);
  phones.erase(repeated.begin(), repeated.end());
  return phones;
}

ConsentFact fact_of(const store::PhoneConsent& consent) {
  return {.scope = parse_enum<ConsentScope>(consent.scope).value_or(ConsentScope::information),
          .written = consent.written,
          .names_artificial_voice = consent.ai_named,
          .given_at = consent.given_at,
          .revoked = consent.revoked_at.has_value()};
}

// Leads move between pipelines, and campaigns choose others, while places in the line stay.
bool is_called(const Candidate& candidate) {
  if (candidate.place.lane == asked_lane || !candidate.lead) return true;
  const auto& wanted = candidate.under->rules.pipeline_id;
  return !wanted || candidate.lead->pipeline_id == wanted;
}

// Who asks for it wants it now, and is asked for nothing else: the call's own row is the proof, as long as
// nobody took back what was agreed to there. How often a phone may be rung for it, the caps say.
void allow_check(const Call& check, DialFacts& facts) {
  facts.limits.gap = std::min(facts.limits.gap, gap_between_checks);
  if (std::ranges::any_of(facts.consents, &ConsentFact::revoked)) return;
  facts.consents.push_back({.scope = ConsentScope::information,
                            .written = true,
                            .names_artificial_voice = true,
                            .given_at = check.created_at});
}

Span longest_cap(const Rulebook& book) {
  Span longest = 24h;
  for (const CapRule& rule : book.all().caps) longest = std::max<Span>(longest, rule.within);
  return longest;
}

}  // namespace

LaneRules rules_of_lane(const Campaign& campaign) {
  LaneRules lane{.lane = lane_of(campaign.id), .rules = campaign.rules, .hours = {}, .campaign = campaign};
  if (campaign.rules.hours) {
    auto hours = week_hours_of(*campaign.rules.hours);
    expect(hours.has_value(), "hours of a campaign are read before they are kept");
    lane.hours = *std::move(hours);
  }
  return lane;
}

LaneRules rules_of_asked_lane(Tx& tx) {
  LaneRules lane{.lane = asked_lane, .rules = {}, .hours = {}, .campaign = {}};
  if (const auto campaign = store::default_campaign(tx)) lane.rules = campaign->rules;
  return lane;
}

struct Gate::Histories {
  std::map<std::string, NumberHistory, std::less<>> by_phone;
  std::map<std::string, std::vector<ConsentFact>, std::less<>> consents;
  std::vector<std::string> blocked;  // sorted
};

Gate::Gate(Tx& tx, const Atlas& atlas, const Rulebook& book, WorkspaceKind kind)
    : tx_(tx),
      atlas_(atlas),
      book_(book),
      kind_(kind),
      clock_(store::calling_clock(tx)),
      settings_(store::load_settings(tx)) {}

std::vector<Candidate> Gate::gather(std::span<const LinePlace> places,
                                    const std::map<LaneId, LaneRules>& under, Time now) {
  std::vector<LeadId> ids;
  for (const LinePlace& place : places) {
    if (place.lead_id) ids.push_back(*place.lead_id);
  }
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  std::map<LeadId, Lead> leads;
  for (Lead& lead : store::leads_by_ids(tx_, ids)) leads.emplace(lead.id, std::move(lead));

  const std::vector<std::string> phones = phones_of(places);
  const Histories histories = histories_of(phones, calling(now));
  std::vector<Candidate> candidates;
  for (const LinePlace& place : places) {
    Candidate& candidate = candidates.emplace_back(Candidate{.place = place, .under = &under.at(place.lane)});
    if (place.lead_id) {
      const auto lead = leads.find(*place.lead_id);
      if (lead != leads.end()) candidate.lead = lead->second;
    }
    if (place.call_id) candidate.call = store::call_to_change(tx_, *place.call_id);
    describe(candidate, histories);
  }
  return candidates;
}

Gate::Histories Gate::histories_of(std::span<const std::string> phones, Time calling_now) const {
  Histories found;
  for (const std::string& phone : phones) found.by_phone[phone].live_call = Known::no;
  for (const auto& [phone, at] : store::attempts_of(tx_, phones, calling_now - longest_cap(book_))) {
    found.by_phone[phone].attempts.push_back(*at);
  }
  for (const auto& [phone, at] : store::last_attempts_of(tx_, phones))
    found.by_phone[phone].last_attempt_at = at;
  for (const auto& [phone, until] : store::held(tx_, phones))
    found.by_phone[phone].blocked_by_carrier_until = until;
  for (const auto& [phone, until] : store::live_calls_of(tx_, phones)) {
    NumberHistory& history = found.by_phone[phone];
    history.live_call = Known::yes;
    if (until) history.live_call_until = calling(*until);
  }
  for (const store::PhoneConsent& consent : store::consents_of(tx_, phones)) {
    found.consents[consent.phone].push_back(fact_of(consent));
  }
  found.blocked = store::blocked(tx_, phones);
  std::ranges::sort(found.blocked);
  return found;
}

void Gate::describe(Candidate& candidate, const Histories& histories) const {
  const std::string& phone = candidate.place.phone;
  describe_number(candidate);
  describe_call(candidate);
  describe_rep(candidate);
  DialFacts& facts = candidate.facts;
  facts.history = histories.by_phone.at(phone);
  if (const auto consents = histories.consents.find(phone); consents != histories.consents.end()) {
    facts.consents = consents->second;
  }
  if (candidate.call && candidate.call->kind == CallKind::phone_check) allow_check(*candidate.call, facts);
  facts.blocked = std::ranges::binary_search(histories.blocked, phone) ? Known::yes : Known::no;
}

// What is known of the number's place: of the lead, as long as it still has this number.
void Gate::describe_number(Candidate& candidate) const {
  DialFacts& facts = candidate.facts;
  const NumberFacts number = atlas_.numbering.judge(candidate.place.phone);
  facts.kind = number.kind;
  facts.country = number.region;
  facts.country_assumed = number.region_assumed;
  facts.workspace = kind_;
  facts.allowed_countries =
      settings_.allowed_countries.empty() ? book_.countries_by_default() : settings_.allowed_countries;

  LeadFields bare;
  bare.phone = candidate.place.phone;
  const ZoneFacts where = where_is(candidate.lead ? *candidate.lead : bare);
  const auto places = atlas_.places.now();
  facts.zones = zones_of(where, *places, atlas_.area_codes);
  facts.places = jurisdictions_of(where, *places, atlas_.area_codes);
}

void Gate::describe_call(Candidate& candidate) const {
  DialFacts& facts = candidate.facts;
  const CampaignRules& rules = candidate.under->rules;
  facts.scrub = {.needed = settings_.dnc_scrub, .scrubbed_at = settings_.dnc_scrubbed_at};
  facts.limits = {.gap = std::chrono::minutes(settings_.call_gap_minutes),
                  .calls_a_day = settings_.calls_a_day};
  facts.voice = candidate.call ? candidate.call->voice : Voice::artificial;
  facts.purpose = candidate.call ? candidate.call->purpose : rules.purpose;
  facts.asked_for = candidate.call && candidate.call->asked_for;
  facts.campaign_hours = candidate.under->hours;
  facts.ring_timeout = std::chrono::seconds(rules.ring_timeout_seconds);
  if (!candidate.lead) return;
  facts.lead = LeadFacts{.status = candidate.lead->status,
                         .attempts = candidate.lead->call_attempts,
                         .attempts_max = rules.retry.attempts_max,
                         .next_attempt_at = candidate.lead->next_attempt_at};
}

void Gate::describe_rep(Candidate& candidate) const {
  if (!candidate.call || !candidate.call->rep_id || candidate.call->kind != CallKind::call) return;
  candidate.rep = RepState::awaited;
  for (const Call& leg : store::legs_of(tx_, candidate.call->id)) {
    if (!is_live(leg.status) || leg.end_asked) continue;
    candidate.rep = leg.joined_at ? RepState::there : RepState::ringing;
    candidate.rep_until = leg.lease_until;
    candidate.rep_account = leg.account_id;
  }
}

Verdict Gate::may_dial(const Candidate& candidate, Time calling_at) const {
  if (candidate.place.lead_id && !candidate.lead) {
    return {.decision = Decision::refuse,
            .until = {},
            .rule = "lead",
            .says = "the lead was deleted",
            .asked = {}};
  }
  if (candidate.lead && candidate.lead->phone != candidate.place.phone) {
    return {.decision = Decision::refuse,
            .until = {},
            .rule = "lead",
            .says = "the lead has another number now",
            .asked = {}};
  }
  Verdict verdict = ringdown::may_dial(candidate.facts, book_, calling_at);
  if (is_called(candidate)) return verdict;
  verdict.asked.push_back({.rule = "pipeline",
                           .decision = Decision::refuse,
                           .says = "the lead is in no pipeline that the campaign calls"});
  verdict.decision = Decision::refuse;
  verdict.until.reset();
  verdict.rule = verdict.asked.back().rule;
  verdict.says = verdict.asked.back().says;
  return verdict;
}

}  // namespace ringdown::flow
