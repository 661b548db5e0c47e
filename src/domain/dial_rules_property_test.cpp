// What holds of the gate whatever the facts are: over the real packs, drawn facts and moments.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <functional>

#include "base/timezone.h"
#include "domain/dial_rules.h"
#include "tests/support/gate.h"

namespace ringdown {
namespace {

constexpr int draws = 20;  // for each of rapidcheck's hundred

// Even over the range from the first draw on: rapidcheck's own begins with small numbers.
template <class Number>
Number below(Number begin, Number end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(begin, end));
}

// Holds for some two thousand draws.
template <class Property>
bool holds(Property property) {
  return rc::check([&] {
    for (int i = 0; i < draws; ++i) property();
  });
}

const Time year_begins = *parse_time("2026-01-01T00:00:00Z");

// Often a day on which some clock jumps, or one that is kept.
Time any_moment() {
  const auto day = *rc::gen::oneOf(rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, 700)),
                                   rc::gen::element(65, 66, 67, 87, 183, 184, 297, 303, 304, 329, 358, 364));
  return year_begins + std::chrono::days(day) + std::chrono::seconds(below(0, 86400));
}

ZoneCandidate any_zone() {
  return {*rc::gen::element<std::string>("America/New_York", "America/Chicago", "America/Denver",
                                         "America/Phoenix", "America/Los_Angeles", "America/Anchorage",
                                         "Pacific/Honolulu", "America/St_Johns", "Europe/London",
                                         "Australia/Lord_Howe", "America/Havana", "Asia/Kolkata"),
          ZoneSource::address, "drawn"};
}

Jurisdiction any_place() {
  return {"US", *rc::gen::element<std::string>("NY", "FL", "TX", "RI", "UT", "AL", "LA", "SD", "KY", "PA"),
          "drawn"};
}

WeekHours any_hours() {
  WeekHours hours;
  const int opens = below(0, 20);
  const int closes = below(opens + 1, 25);
  for (auto& day : hours.days) {
    if (below(0, 4) > 0) day = DayHours{std::chrono::hours(opens), std::chrono::hours(closes)};
  }
  return hours;
}

Time around(Time now) {
  return now + std::chrono::minutes(below(-60 * 50, 60 * 4));
}

DialFacts any_facts(Time now) {
  DialFacts facts = test::facts_of("+12125550123");
  for (int i = below(0, 2); i > 0; --i) facts.zones.push_back(any_zone());
  for (int i = below(0, 3); i > 0; --i) facts.places.push_back(any_place());
  for (int i = below(0, 6); i > 0; --i) facts.history->attempts.push_back(around(now));
  facts.limits.calls_a_day = below(1, 6);
  facts.limits.gap = std::chrono::minutes(below(0, 300));
  facts.lead->attempts = below(0, 3);
  if (below(0, 3) == 0) facts.lead->next_attempt_at = around(now);
  if (below(0, 4) == 0) facts.campaign_hours = any_hours();
  if (below(0, 4) == 0) facts.voice = Voice::human;
  if (below(0, 4) == 0) facts.history->blocked_by_carrier_until = around(now);
  if (below(0, 4) == 0) facts.scrub = {.needed = true, .scrubbed_at = now - std::chrono::days(31) + 5h};
  return facts;
}

using Restriction = std::function<void(DialFacts&, Time)>;

const std::vector<Restriction> restrictions = {
    [](DialFacts& facts, Time) { facts.blocked = Known::yes; },
    [](DialFacts& facts, Time) { facts.blocked = Known::unknown; },
    [](DialFacts& facts, Time now) { facts.history->attempts.push_back(around(now)); },
    [](DialFacts& facts, Time now) { facts.history->last_attempt_at = around(now); },
    [](DialFacts& facts, Time) { facts.zones.push_back(any_zone()); },
    [](DialFacts& facts, Time) { facts.places.push_back(any_place()); },
    [](DialFacts& facts, Time) { --facts.limits.calls_a_day; },
    [](DialFacts& facts, Time) { facts.limits.gap += 1h; },
    [](DialFacts& facts, Time) { facts.lead->attempts += 1; },
    [](DialFacts& facts, Time) { facts.lead->status = LeadStatus::dnc; },
    [](DialFacts& facts, Time) { facts.consents.clear(); },
    [](DialFacts& facts, Time) { facts.voice = Voice::artificial; },
    [](DialFacts& facts, Time) { facts.ring_timeout = 10s; },
    [](DialFacts& facts, Time) { facts.allowed_countries.clear(); },
    [](DialFacts& facts, Time) { facts.scrub = {}; },
    [](DialFacts& facts, Time now) {
      facts.history->live_call = Known::yes;
      facts.history->live_call_until = now + 2min;
    },
    [](DialFacts& facts, Time) {
      if (!facts.campaign_hours) facts.campaign_hours = any_hours();
    },
};

bool is_no_looser(const Verdict& after, const Verdict& before) {
  if (after.decision != before.decision) return after.decision > before.decision;
  return after.decision != Decision::defer || *after.until >= *before.until;
}

bool is_by_day(const ZoneCandidate& candidate, Time at) {
  const WallTime wall = Zone::named(candidate.zone)->wall_time(at);
  const Span since_midnight = wall - std::chrono::floor<std::chrono::days>(wall);
  return since_midnight >= 8h && since_midnight < 21h;
}

}  // namespace

TEST_CASE("what is allowed is between 08:00 and 21:00 on every clock") {
  CHECK(holds([] {
    const Time now = any_moment();
    const DialFacts facts = any_facts(now);

    const Verdict verdict = may_dial(facts, test::rulebook(), now);

    const Time at = verdict.until.value_or(now);
    if (verdict.decision == Decision::refuse) return;
    for (const ZoneCandidate& candidate : facts.zones) RC_ASSERT(is_by_day(candidate, at));
  }));
}

TEST_CASE("what is deferred is allowed then, and at no moment before") {
  int deferred = 0;
  CHECK(holds([&] {
    const Time now = any_moment();
    const DialFacts facts = any_facts(now);
    const Verdict verdict = may_dial(facts, test::rulebook(), now);
    if (verdict.decision != Decision::defer) return;
    ++deferred;
    RC_ASSERT(*verdict.until > now);

    RC_ASSERT(may_dial(facts, test::rulebook(), *verdict.until).decision == Decision::allow);
    RC_ASSERT(may_dial(facts, test::rulebook(), *verdict.until - 1us).decision != Decision::allow);
    const auto wait_s = (*verdict.until - now) / 1s;
    for (int i = 0; i < 20 && wait_s > 1; ++i) {
      const Time before = now + std::chrono::seconds(below(std::int64_t{0}, std::int64_t{wait_s}));
      RC_ASSERT(may_dial(facts, test::rulebook(), before).until == verdict.until);
    }
  }));
  CHECK(deferred > 500);
}

TEST_CASE("what is refused for its clocks suits no sampled moment of two weeks") {
  CHECK(holds([] {
    const Time now = any_moment();
    DialFacts facts = any_facts(now);
    facts.campaign_hours = any_hours();
    facts.scrub = {.needed = false};
    const Verdict verdict = may_dial(facts, test::rulebook(), now);
    if (verdict.decision != Decision::refuse) return;
    for (int i = 0; i < 50; ++i) {
      const Time later = now + std::chrono::minutes(below(0, 14 * 24 * 60));
      RC_ASSERT(may_dial(facts, test::rulebook(), later).decision != Decision::allow);
    }
  }));
}

TEST_CASE("a fact that restricts never makes a verdict looser") {
  CHECK(holds([] {
    const Time now = any_moment();
    DialFacts facts = any_facts(now);
    const Verdict before = may_dial(facts, test::rulebook(), now);

    const auto restrict_by = *rc::gen::elementOf(restrictions);
    restrict_by(facts, now);

    RC_ASSERT(is_no_looser(may_dial(facts, test::rulebook(), now), before));
  }));
}

TEST_CASE("a wider cap or a shorter gap never makes a verdict stricter") {
  CHECK(holds([] {
    const Time now = any_moment();
    DialFacts facts = any_facts(now);
    const Verdict before = may_dial(facts, test::rulebook(), now);

    facts.limits.calls_a_day += below(0, 3);
    facts.limits.gap -= std::min(facts.limits.gap, Span(std::chrono::minutes(below(0, 90))));

    RC_ASSERT(is_no_looser(before, may_dial(facts, test::rulebook(), now)));
  }));
}

TEST_CASE("no more calls are allowed in 24 hours than the cap, however eagerly they are made") {
  CHECK(holds([] {
    Time now = any_moment();
    DialFacts facts = test::facts_of("+12125550123");
    facts.limits = {.gap = std::chrono::minutes(below(0, 120)), .calls_a_day = below(1, 5)};
    std::vector<Time> calls;
    for (int i = 0; i < 30; ++i) {
      facts.history->attempts = calls;
      const Verdict verdict = may_dial(facts, test::rulebook(), now);
      now = verdict.until.value_or(now);
      calls.push_back(now);
    }

    const std::size_t cap = facts.limits.calls_a_day;
    for (std::size_t i = cap; i < calls.size(); ++i) RC_ASSERT(calls[i] - calls[i - cap] >= 24h);
    for (std::size_t i = 1; i < calls.size(); ++i) RC_ASSERT(calls[i] - calls[i - 1] >= facts.limits.gap);
  }));
}

}  // namespace ringdown
