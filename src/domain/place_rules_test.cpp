#include "domain/place_rules.h"

#include <doctest/doctest.h>

#include <limits>

using namespace ringdown;

namespace {

const Time now = *parse_time("2026-06-16T16:00:00Z");

PlaceFacts free_line() {
  PlaceFacts facts;
  facts.running = true;
  facts.live_calls_max = 2;
  facts.campaign_calls_max = 2;
  facts.free_from = now - 1h;
  return facts;
}

void check_waits(const PlaceFacts& facts, std::string_view rule, std::optional<Time> until) {
  const Verdict verdict = may_place(facts, now);
  CHECK(verdict.decision == Decision::defer);
  CHECK(verdict.rule == rule);
  CHECK(verdict.until == until);
  CHECK_FALSE(verdict.says.empty());
}

PlaceFacts with_budget(std::int64_t spent, std::int64_t reserved, std::int64_t cost) {
  PlaceFacts facts = free_line();
  facts.call_cost_micros_max = cost;
  facts.budget = Budget{.limit_micros = 100, .spent_micros = spent, .reserved_micros = reserved};
  return facts;
}

}  // namespace

TEST_CASE("a free line is taken now") {
  const Verdict verdict = may_place(free_line(), now);

  CHECK(verdict.decision == Decision::allow);
  CHECK(verdict.asked.size() == 7);
}

TEST_CASE("what nobody knows anything of is not placed") {
  check_waits({}, "running", {});
}

TEST_CASE("what is paused waits for somebody") {
  PlaceFacts facts = free_line();
  facts.running = false;
  check_waits(facts, "running", {});
}

TEST_CASE("a campaign begins and ends at its time") {
  PlaceFacts facts = free_line();
  facts.begins_at = now + 1h;
  check_waits(facts, "dates", now + 1h);

  facts.begins_at = now;
  facts.ends_at = now + 1us;
  CHECK(may_place(facts, now).decision == Decision::allow);
  CHECK(may_place(facts, now + 1us).decision == Decision::refuse);
}

TEST_CASE("no more calls are live than the account has lines") {
  PlaceFacts facts = free_line();
  facts.live_calls = 2;
  check_waits(facts, "concurrency", {});
}

TEST_CASE("a campaign has no more calls out than it may") {
  PlaceFacts facts = free_line();
  facts.campaign_calls = 2;
  check_waits(facts, "batch", {});
}

TEST_CASE("no more calls are claimed than go out within a second") {
  PlaceFacts facts = free_line();
  facts.free_from = now + 1s;
  CHECK(may_place(facts, now).decision == Decision::allow);

  facts.free_from = now + 1s + 1us;
  check_waits(facts, "rate", now + 1us);

  facts.free_from.reset();
  check_waits(facts, "rate", {});
}

TEST_CASE("a call is placed only if its whole cost is in the budget") {
  CHECK(may_place(with_budget(50, 30, 20), now).decision == Decision::allow);
  check_waits(with_budget(50, 30, 21), "budget", {});
  check_waits(with_budget(101, 0, 0), "budget", {});
  check_waits(with_budget(50, std::numeric_limits<std::int64_t>::max(), 1), "budget", {});
  check_waits(with_budget(50, 30, std::numeric_limits<std::int64_t>::max()), "budget", {});
  check_waits(with_budget(0, -1, 101), "budget", {});
}

TEST_CASE("a budget that is renewed is waited for") {
  PlaceFacts facts = with_budget(100, 0, 1);
  facts.budget->renewed_at = now + 24h;
  check_waits(facts, "budget", now + 24h);

  facts.budget->renewed_at = now - 1s;
  check_waits(facts, "budget", {});
}

TEST_CASE("a carrier that fails is left alone for a while") {
  PlaceFacts facts = free_line();
  facts.carrier_paused_until = now + 5min;
  check_waits(facts, "carrier", now + 5min);
}

TEST_CASE("of several waits the longest is told") {
  PlaceFacts facts = free_line();
  facts.free_from = now + 2s;
  facts.carrier_paused_until = now + 5min;
  check_waits(facts, "carrier", now + 5min);

  facts.live_calls = 2;
  check_waits(facts, "concurrency", {});
}
