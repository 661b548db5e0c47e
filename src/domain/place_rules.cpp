#include "domain/place_rules.h"

#include <fmt/format.h>

namespace ringdown {
namespace {

RuleAnswer go(std::string rule) {
  return {.rule = std::move(rule)};
}

RuleAnswer wait(std::string rule, std::optional<Time> until, std::string says) {
  return {.rule = std::move(rule), .decision = Decision::defer, .until = until, .says = std::move(says)};
}

RuleAnswer ask_running(const PlaceFacts& facts) {
  return facts.running ? go("running") : wait("running", {}, "it is paused or not started");
}

RuleAnswer ask_dates(const PlaceFacts& facts, Time now) {
  if (facts.ends_at && *facts.ends_at <= now)
    return {.rule = "dates", .decision = Decision::refuse, .says = "it ended " + to_text(*facts.ends_at)};
  if (facts.begins_at && now < *facts.begins_at) return wait("dates", facts.begins_at, "it has not begun");
  return go("dates");
}

RuleAnswer ask_carrier(const PlaceFacts& facts, Time now) {
  if (facts.carrier_paused_until && now < *facts.carrier_paused_until)
    return wait("carrier", facts.carrier_paused_until, "too many calls failed at the carrier");
  return go("carrier");
}

RuleAnswer ask_concurrency(const PlaceFacts& facts) {
  if (facts.live_calls < facts.live_calls_max) return go("concurrency");
  return wait("concurrency", {},
              fmt::format("{} of {} calls are live", facts.live_calls, facts.live_calls_max));
}

RuleAnswer ask_batch(const PlaceFacts& facts) {
  if (facts.campaign_calls < facts.campaign_calls_max) return go("batch");
  return wait("batch", {},
              fmt::format("{} of {} calls of the campaign are live", facts.campaign_calls,
                          facts.campaign_calls_max));
}

RuleAnswer ask_rate(const PlaceFacts& facts, Time now) {
  if (!facts.free_from) return wait("rate", {}, "the carrier account may place no calls");
  if (*facts.free_from <= now + sent_within) return go("rate");
  return wait("rate", *facts.free_from - sent_within, "the next second is taken by other calls");
}

// Left to right and without a sum, so that no amount can overflow into room.
bool has_room(const Budget& budget, std::int64_t cost) {
  if (budget.spent_micros < 0 || budget.reserved_micros < 0 || cost < 0) return false;
  if (budget.spent_micros > budget.limit_micros) return false;
  const std::int64_t unspent = budget.limit_micros - budget.spent_micros;
  return budget.reserved_micros <= unspent && cost <= unspent - budget.reserved_micros;
}

RuleAnswer ask_budget(const PlaceFacts& facts, Time now) {
  if (!facts.budget || has_room(*facts.budget, facts.call_cost_micros_max)) return go("budget");
  const std::optional<Time> renewed = facts.budget->renewed_at;
  return wait("budget", renewed && now < *renewed ? renewed : std::nullopt,
              "the budget is used up or reserved");
}

// A wait without a moment outlasts every other.
bool outlasts(const RuleAnswer& one, const RuleAnswer& other) {
  if (one.decision != other.decision) return one.decision > other.decision;
  if (one.decision != Decision::defer || !other.until) return false;
  return !one.until || *one.until > *other.until;
}

}  // namespace

Verdict may_place(const PlaceFacts& facts, Time now) {
  Verdict verdict;
  verdict.asked = {ask_running(facts),     ask_dates(facts, now), ask_carrier(facts, now),
                   ask_concurrency(facts), ask_batch(facts),
                   ask_rate(facts, now),   ask_budget(facts, now)};

  const RuleAnswer* decided = &verdict.asked.front();
  for (const RuleAnswer& answer : verdict.asked) {
    if (outlasts(answer, *decided)) decided = &answer;
  }
  verdict.decision = decided->decision;
  if (decided->decision == Decision::allow) return verdict;
  verdict.until = decided->until;
  verdict.rule = decided->rule;
  verdict.says = decided->says;
  return verdict;
}

}  // namespace ringdown
