#include "domain/dial_rules.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/gate.h"

using namespace ringdown;

namespace {

const std::string new_york = "+12125550123";
const std::string miami = "+13055550123";
const std::string london = "+442079460123";

// A Tuesday; noon in New York.
const Time noon = *parse_time("2026-06-16T16:00:00Z");

Verdict asked_of(const DialFacts& facts, Time now = noon) {
  return may_dial(facts, test::rulebook(), now);
}

template <class Change>
Verdict after(Change change, const std::string& number = new_york, Time now = noon) {
  DialFacts facts = test::facts_of(number);
  change(facts);
  return asked_of(facts, now);
}

void check_refused(const Verdict& verdict, std::string_view rule) {
  CAPTURE(verdict.says);
  CHECK(verdict.decision == Decision::refuse);
  CHECK(verdict.rule == rule);
  CHECK_FALSE(verdict.says.empty());
  CHECK_FALSE(verdict.until);
}

void check_deferred(const Verdict& verdict, std::string_view rule, Time until) {
  CAPTURE(verdict.says);
  CHECK(verdict.decision == Decision::defer);
  CHECK(verdict.rule == rule);
  CHECK_FALSE(verdict.says.empty());
  REQUIRE(verdict.until);
  CHECK(to_text(*verdict.until) == to_text(until));
}

void check_allowed(const Verdict& verdict) {
  CAPTURE(verdict.rule);
  CAPTURE(verdict.says);
  CHECK(verdict.decision == Decision::allow);
  CHECK(verdict.rule.empty());
}

Time at(std::string_view text) {
  return *parse_time(text);
}

}  // namespace

TEST_CASE("a call that nothing speaks against is allowed, and every rule says so") {
  const Verdict verdict = asked_of(test::facts_of(new_york));

  check_allowed(verdict);
  CHECK(verdict.asked.size() >= 15);
  for (const RuleAnswer& answer : verdict.asked) CHECK(answer.decision == Decision::allow);
}

TEST_CASE("nothing known is a refusal") {
  check_refused(asked_of(DialFacts{}), "number");
}

TEST_CASE("numbers that must not ring are refused") {
  check_refused(after([](auto& facts) { facts.kind = NumberKind::emergency; }), "number");
  check_refused(after([](auto& facts) { facts.kind = NumberKind::premium; }), "number");
  check_refused(after([](auto& facts) { facts.kind = NumberKind::fictional; }), "number");
  check_allowed(after([](auto& facts) {
    facts.kind = NumberKind::fictional;
    facts.workspace = WorkspaceKind::rehearsal;
  }));
}

TEST_CASE("only countries that the workspace allows are called") {
  check_refused(after([](auto& facts) { facts.allowed_countries = {"CA"}; }), "country");
  check_refused(after([](auto& facts) { facts.allowed_countries.clear(); }), "country");
  check_refused(after([](auto& facts) { facts.country = ""; }), "country");
  check_refused(after([](auto& facts) {
                  facts.country = "001";
                  facts.allowed_countries = {"001"};
                }),
                "country");
}

TEST_CASE("an area code newer than our list needs an address in its country") {
  const auto assumed = [](auto& facts) { facts.country_assumed = true; };

  check_allowed(after(assumed));
  check_refused(after([&](auto& facts) {
                  assumed(facts);
                  facts.places.clear();
                }),
                "country");
}

TEST_CASE("a number on the list is refused, and so is one that was not looked up") {
  check_refused(after([](auto& facts) { facts.blocked = Known::yes; }), "dnc");
  check_refused(after([](auto& facts) { facts.blocked = Known::unknown; }), "dnc");
}

TEST_CASE("an artificial voice needs consent, marketing in the United States written consent that names it") {
  check_refused(after([](auto& facts) { facts.consents.clear(); }), "generic.consent");
  check_refused(after([](auto& facts) { facts.consents[0].revoked = true; }), "generic.consent");
  check_refused(after([](auto& facts) { facts.consents[0].given_at = noon + 1s; }), "generic.consent");
  check_refused(after([](auto& facts) { facts.consents[0].scope = ConsentScope::information; }),
                "generic.consent");
  check_refused(after([](auto& facts) { facts.consents[0].written = false; }), "us.voice.marketing");
  check_refused(after([](auto& facts) { facts.consents[0].names_artificial_voice = false; }),
                "us.voice.marketing");
  check_allowed(after([](auto& facts) {
    facts.voice = Voice::human;
    facts.consents.clear();
  }));
}

TEST_CASE("information needs consent but no paper, and an unknown purpose is marketing") {
  const auto spoken = [](auto& facts) {
    facts.consents[0] = {.scope = ConsentScope::information, .given_at = noon - 1h};
  };

  check_allowed(after([&](auto& facts) {
    spoken(facts);
    facts.purpose = Purpose::information;
  }));
  check_refused(after(spoken), "generic.consent");
}

TEST_CASE("one sufficient consent is enough, whatever the others lack") {
  check_allowed(after([](auto& facts) {
    facts.consents.insert(facts.consents.begin(), {.scope = ConsentScope::marketing, .revoked = true});
    facts.consents.push_back({});
  }));
}

TEST_CASE("automated marketing in the United Kingdom needs consent that names it") {
  check_allowed(after([](auto&) {}, london));
  check_refused(after([](auto& facts) { facts.consents[0].names_artificial_voice = false; }, london),
                "uk.automated");
}

TEST_CASE("a list that is not fresh holds calls back where lists are used") {
  const auto scrubbed = [](std::optional<Time> when) {
    return [when](auto& facts) { facts.scrub = {.needed = true, .scrubbed_at = when}; };
  };

  check_allowed(after(scrubbed(noon - std::chrono::days(31))));
  check_refused(after(scrubbed(noon - std::chrono::days(31) - 1s)), "generic.scrub");
  check_refused(after(scrubbed({})), "generic.scrub");
  check_refused(after(scrubbed(noon - std::chrono::days(29)), london), "uk.scrub");
}

TEST_CASE("a list that will be stale when the hours come is said to be") {
  const Time night = at("2026-06-17T03:00:00Z");

  const Verdict verdict = after(
      [&](auto& facts) { facts.scrub = {.needed = true, .scrubbed_at = night - std::chrono::days(31)}; },
      new_york, night);

  check_refused(verdict, "generic.scrub");
  CHECK(verdict.says.starts_with("not before 2026-06-17T12:00:00Z"));
}

TEST_CASE("a call rings for fifteen seconds or is not made") {
  check_refused(after([](auto& facts) { facts.ring_timeout = 15s - 1us; }), "generic.ring");
  check_allowed(after([](auto& facts) { facts.ring_timeout = 15s; }));
}

TEST_CASE("who is nowhere is not called") {
  check_refused(after([](auto& facts) { facts.zones.clear(); }), "zone");
  check_refused(after([](auto& facts) { facts.zones[0].zone = "Mars/Olympus"; }), "zone");
  check_refused(after([](auto& facts) {
                  facts.zones.push_back(facts.zones[0]);
                  facts.zones[1].zone = "Mars/Olympus";
                }),
                "zone");
  check_refused(after([](auto& facts) { facts.places.clear(); }), "place");
  check_refused(after([](auto& facts) { facts.places = {{"US", "", "the address"}}; }), "place");
}

TEST_CASE("who is nowhere still needs consent, and why-not says so") {
  const Verdict verdict = after([](auto& facts) {
    facts.zones.clear();
    facts.consents.clear();
  });

  check_refused(verdict, "generic.consent");
  CHECK(std::ranges::find(verdict.asked, "zone", &RuleAnswer::rule)->decision == Decision::refuse);
}

TEST_CASE("the stricter of the states that it may be wins") {
  const Time half_past_eight = at("2026-06-17T00:30:00Z");

  check_allowed(after([](auto&) {}, new_york, half_past_eight));
  check_deferred(after([](auto& facts) { facts.places.push_back({"US", "FL", "the address"}); }, new_york,
                       half_past_eight),
                 "fl.hours", at("2026-06-17T12:00:00Z"));
}

TEST_CASE("the law waits for the clock that is furthest behind") {
  const auto also_hawaii = [](auto& facts) {
    facts.zones.push_back({"Pacific/Honolulu", ZoneSource::address, "the address"});
  };

  const Verdict verdict = after(also_hawaii, new_york, at("2026-06-16T12:00:00Z"));

  check_deferred(verdict, "generic.hours", at("2026-06-16T18:00:00Z"));
  CHECK(verdict.says.ends_with("it is Tuesday 02:00 in Pacific/Honolulu"));
}

TEST_CASE("clocks that never agree are a refusal") {
  const auto at_the_antipodes = [](auto& facts) {
    facts.zones.push_back({"Asia/Shanghai", ZoneSource::stored, "it was set"});
    facts.places.push_back({"US", "RI", "the address"});
  };

  const Verdict verdict = after(at_the_antipodes);

  CHECK(verdict.decision == Decision::refuse);
  CHECK(verdict.says.ends_with("no moment suits every rule and every clock"));
}

TEST_CASE("a campaign's own hours narrow the law and never widen it") {
  const auto between = [](std::string_view hours) {
    return [day = *parse_day_hours(hours)](auto& facts) {
      facts.campaign_hours.emplace();
      facts.campaign_hours->days.fill(day);
    };
  };

  check_deferred(after(between("17:00-18:00")), "campaign-hours", at("2026-06-16T21:00:00Z"));
  check_deferred(after(between("00:00-24:00"), new_york, at("2026-06-17T01:00:00Z")), "generic.hours",
                 at("2026-06-17T12:00:00Z"));
  CHECK(after(between("22:00-23:00")).decision == Decision::refuse);
}

TEST_CASE("only leads that wait for a call are called") {
  const auto with = [](LeadStatus status, bool asked_for) {
    return after([&](auto& facts) {
      facts.lead->status = status;
      facts.asked_for = asked_for;
    });
  };

  check_allowed(with(LeadStatus::pending, false));
  check_allowed(with(LeadStatus::callback, false));
  for (const LeadStatus status :
       {LeadStatus::contacted, LeadStatus::no_answer, LeadStatus::scheduled, LeadStatus::error}) {
    check_refused(with(status, false), "lead-status");
    check_allowed(with(status, true));
  }
  for (const LeadStatus status :
       {LeadStatus::calling, LeadStatus::not_interested, LeadStatus::wrong_number, LeadStatus::dnc}) {
    check_refused(with(status, true), "lead-status");
  }
}

TEST_CASE("a number without a lead is called only when somebody asks for it") {
  const auto bare = [](bool asked_for) {
    return after([&](auto& facts) {
      facts.lead.reset();
      facts.asked_for = asked_for;
    });
  };

  check_refused(bare(false), "lead");
  check_allowed(bare(true));
}

TEST_CASE("attempts end at their maximum, except for who asked to be called back") {
  check_refused(after([](auto& facts) { facts.lead->attempts = 3; }), "attempts-max");
  check_allowed(after([](auto& facts) {
    facts.lead->attempts = 3;
    facts.lead->status = LeadStatus::callback;
  }));
}

TEST_CASE("the next attempt waits for its time, unless somebody asks for the call") {
  const auto planned = [](auto& facts) { facts.lead->next_attempt_at = noon + 90min; };

  check_deferred(after(planned), "next-attempt", noon + 90min);
  check_allowed(after([&](auto& facts) {
    planned(facts);
    facts.asked_for = true;
  }));
}

TEST_CASE("a plan beyond two weeks is kept") {
  check_deferred(after([](auto& facts) { facts.lead->next_attempt_at = noon + std::chrono::days(40); }),
                 "next-attempt", noon + std::chrono::days(40));
}

TEST_CASE("one call with a number at a time") {
  check_refused(after([](auto& facts) { facts.history->live_call = Known::yes; }), "live-call");
  check_refused(after([](auto& facts) { facts.history->live_call = Known::unknown; }), "live-call");
  check_refused(after([](auto& facts) { facts.history.reset(); }), "history");
  check_deferred(after([](auto& facts) {
                   facts.history->live_call = Known::yes;
                   facts.history->live_call_until = noon + 2min;
                 }),
                 "live-call", noon + 2min);
}

TEST_CASE("an hour lies between two calls to a number") {
  check_deferred(after([](auto& facts) { facts.history->attempts = {noon - 10min}; }), "gap", noon + 50min);
  check_deferred(after([](auto& facts) { facts.history->last_attempt_at = noon - 10min; }), "gap",
                 noon + 50min);
  check_allowed(after([](auto& facts) { facts.history->attempts = {noon - 60min}; }));
}

TEST_CASE("a number is called three times in 24 hours at most") {
  const auto called = [](std::vector<Span> ago) {
    return [ago](auto& facts) {
      for (const Span span : ago) facts.history->attempts.push_back(noon - span);
    };
  };

  check_allowed(after(called({23h, 5h})));
  check_deferred(after(called({5h, 23h, 2h})), "cap", noon + 1h);
  check_allowed(after(called({24h, 5h, 2h})));
  check_refused(after([](auto& facts) { facts.limits.calls_a_day = 0; }), "cap");
}

TEST_CASE("a state's cap holds where the workspace's is wider") {
  const auto called = [](auto& facts) {
    facts.limits.calls_a_day = 10;
    facts.history->attempts = {noon - 3h, noon - 23h, noon - 5h};
  };

  check_allowed(after(called));
  check_deferred(after(called, miami), "fl.cap", noon + 1h);
}

TEST_CASE("a carrier's block is respected for its time") {
  check_deferred(after([](auto& facts) { facts.history->blocked_by_carrier_until = noon + 3h; }),
                 "carrier-block", noon + 3h);
}

TEST_CASE("a cap that ends at night waits for the morning") {
  const Time evening = at("2026-06-17T00:00:00Z");

  const Verdict verdict =
      after([&](auto& facts) { facts.history->attempts = {evening - 22h, evening - 20h, evening - 10h}; },
            new_york, evening);

  check_deferred(verdict, "generic.hours", at("2026-06-17T12:00:00Z"));
  CHECK(std::ranges::find(verdict.asked, "cap", &RuleAnswer::rule)->decision == Decision::defer);
}

TEST_CASE("a rule begins on its day and ends on its day") {
  std::vector<RuleText> texts = test::rule_texts();
  texts.push_back({"x.toml",
                   "name = \"x\"\nas_of = 2026-01-01\nnot_covered = []\n[[hours]]\nid = \"x\"\n"
                   "in = [\"US-NY\"]\nsays = \"s\"\nsource = \"s\"\nfrom = 2026-06-17\nuntil = "
                   "2026-06-19\nweekdays = \"10:00-11:00\"\nsaturday = \"closed\"\nsunday = "
                   "\"closed\"\n"});
  const Rulebook book = Rulebook::parse(texts, "d").value();
  const DialFacts facts = test::facts_of(new_york);

  check_allowed(may_dial(facts, book, noon));
  check_deferred(may_dial(facts, book, noon + 24h), "x", at("2026-06-18T14:00:00Z"));
  check_deferred(may_dial(facts, book, noon + 48h), "generic.hours", at("2026-06-19T12:00:00Z"));
}
