#include "domain/dial_hearing.h"

#include <fmt/format.h>

#include <algorithm>

#include "domain/call_cap.h"
#include "domain/consent_rule.h"

namespace ringdown {
namespace {

constexpr std::string_view nowhere = "001";  // numbers of no country

bool is_callable(LeadStatus status, bool asked_for) {
  switch (status) {
    case LeadStatus::pending:
    case LeadStatus::callback: return true;
    case LeadStatus::contacted:
    case LeadStatus::no_answer:
    case LeadStatus::scheduled:
    case LeadStatus::error: return asked_for;
    case LeadStatus::calling:
    case LeadStatus::not_interested:
    case LeadStatus::wrong_number:
    case LeadStatus::dnc: break;
  }
  return false;
}

bool names_country(const std::vector<Jurisdiction>& places, std::string_view country) {
  return std::ranges::find(places, country, &Jurisdiction::country) != places.end();
}

}  // namespace

DialHearing::DialHearing(const DialFacts& facts, const Rulebook& book)
    : facts_(facts), book_(book), places_(facts.places) {
  places_.push_back({facts.country, "", "the number"});
  open_windows();
}

std::vector<RuleAnswer> DialHearing::ask(Time at) {
  at_ = at;
  answers_.clear();
  ask_number();
  ask_country();
  ask_blocked();
  ask_lead();
  ask_consent();
  ask_scrub();
  ask_ring();
  ask_places();
  ask_clocks();
  ask_history();
  return std::move(answers_);
}

std::vector<RuleAnswer> DialHearing::ask_windows(Time at) const {
  std::vector<RuleAnswer> answers;
  for (const Window& window : windows_) {
    const auto open = next_open(window, at, at + lawful_search_max);
    RuleAnswer& answer = answers.emplace_back(RuleAnswer{.rule = std::string(window.rule)});
    if (open == at) continue;
    answer.decision = open ? Decision::defer : Decision::refuse;
    answer.until = open;
    answer.says = why_closed(window, at);
  }
  return answers;
}

void DialHearing::open_windows() {
  for (const ZoneCandidate& candidate : facts_.zones) {
    const auto zone = Zone::named(candidate.zone);
    if (!zone) continue;  // ask_clocks refuses
    clocks_.push_back(*zone);
    add_window(candidate, *zone);
  }
}

void DialHearing::add_window(const ZoneCandidate& candidate, const Zone& zone) {
  for (const HoursRule& rule : book_.all().hours) {
    if (!binds(rule, places_, facts_.voice)) continue;
    windows_.push_back({.zone = zone,
                        .zone_name = candidate.zone,
                        .rule = rule.id,
                        .says = rule.says,
                        .hours = &rule.hours,
                        .law = &rule});
  }
  if (!facts_.campaign_hours) return;
  windows_.push_back({.zone = zone,
                      .zone_name = candidate.zone,
                      .rule = "campaign-hours",
                      .says = "the campaign's own hours are over or not begun",
                      .hours = &*facts_.campaign_hours});
}

void DialHearing::ask_number() {
  if (is_dialable(facts_.kind, facts_.workspace)) return allow("number");
  refuse("number", fmt::format("it is {}", plain_words(facts_.kind)));
}

void DialHearing::ask_country() {
  if (facts_.country.empty() || facts_.country == nowhere)
    return refuse("country", "the number belongs to no country that we know");
  if (facts_.country_assumed && !names_country(facts_.places, facts_.country))
    return refuse("country", "its area code is newer than our list; give the lead's country and state");
  if (std::ranges::find(facts_.allowed_countries, facts_.country) == facts_.allowed_countries.end())
    return refuse("country",
                  fmt::format("{} is not among the countries this workspace calls; allow it in the settings",
                              facts_.country));
  allow("country");
}

void DialHearing::ask_blocked() {
  switch (facts_.blocked) {
    case Known::no: return allow("dnc");
    case Known::yes: return refuse("dnc", "the number is on the list of numbers not to be called");
    case Known::unknown: break;
  }
  refuse("dnc", "whether the number may be called was not looked up");
}

void DialHearing::ask_lead() {
  if (!facts_.lead) {
    if (facts_.asked_for) return;
    return refuse("lead", "there is no lead to this number; only a call that somebody asks for goes without");
  }
  const LeadFacts& lead = *facts_.lead;
  if (is_callable(lead.status, facts_.asked_for))
    allow("lead-status");
  else
    refuse("lead-status", fmt::format("the lead's status is {}", to_text(lead.status)));

  // Who asked to be called back is called, however often we had tried before.
  if (lead.attempts < lead.attempts_max || lead.status == LeadStatus::callback)
    allow("attempts-max");
  else
    refuse("attempts-max", fmt::format("{} of {} attempts were made", lead.attempts, lead.attempts_max));

  if (!facts_.asked_for)
    allow_from("next-attempt", lead.next_attempt_at, "the next attempt is planned for later");
}

void DialHearing::ask_consent() {
  for (const ConsentRule& rule : book_.all().consents) {
    if (!binds_now(rule) || (rule.purpose && *rule.purpose != purpose())) continue;
    const std::string lacking = what_lacks(rule, purpose(), facts_.consents, at_);
    if (lacking.empty())
      allow(rule.id);
    else
      refuse(rule.id, fmt::format("{}; {}", rule.says, lacking));
  }
}

void DialHearing::ask_scrub() {
  if (!facts_.scrub.needed) return;
  for (const ScrubRule& rule : book_.all().scrubs) {
    if (!binds_now(rule)) continue;
    if (facts_.scrub.scrubbed_at && at_ - *facts_.scrub.scrubbed_at <= rule.age_max)
      allow(rule.id);
    else
      refuse(rule.id, fmt::format("{}; by {} it was not held against the register lately enough", rule.says,
                                  to_text(at_)));
  }
}

void DialHearing::ask_ring() {
  for (const RingRule& rule : book_.all().rings) {
    if (!binds_now(rule)) continue;
    if (facts_.ring_timeout >= rule.at_least)
      allow(rule.id);
    else
      refuse(rule.id, fmt::format("{}; it is set to ring for {} s", rule.says,
                                  std::chrono::floor<std::chrono::seconds>(facts_.ring_timeout).count()));
  }
}

void DialHearing::ask_places() {
  for (const Jurisdiction& place : places_) {
    if (!book_.needs_region(place.country)) continue;
    const bool known = std::ranges::any_of(places_, [&](const Jurisdiction& other) {
      return other.country == place.country && !other.region.empty();
    });
    if (!known)
      return refuse("place",
                    fmt::format("where in {} the number is, and so whose law counts, is not known; give "
                                "the lead's state",
                                place.country));
  }
  allow("place");
}

void DialHearing::ask_clocks() {
  if (facts_.zones.empty())
    return refuse("zone", "what time it is there is not known; give the lead's city, state or time zone");
  if (clocks_.size() != facts_.zones.size())
    return refuse("zone", "one of its time zones is not in this machine's zone data; install tzdata");
  if (!has_lawful_hours()) return refuse("hours", "no rule says when this place may be called");
  allow("zone");
}

void DialHearing::ask_history() {
  if (!facts_.history) return refuse("history", "the earlier calls to this number were not looked up");
  const NumberHistory& history = *facts_.history;
  ask_live_call(history);
  ask_gap(history);
  ask_caps(history);
  allow_from("carrier-block", history.blocked_by_carrier_until,
             "the carrier blocked the last call to this number");
}

void DialHearing::ask_live_call(const NumberHistory& history) {
  if (history.live_call == Known::no) return allow("live-call");
  if (history.live_call == Known::yes && history.live_call_until)
    return allow_from("live-call", history.live_call_until, "another call with this number goes on");
  refuse("live-call", history.live_call == Known::yes
                          ? "another call with this number goes on"
                          : "whether another call with this number goes on was not looked up");
}

void DialHearing::ask_gap(const NumberHistory& history) {
  std::optional<Time> last = history.last_attempt_at;
  for (const Time attempt : history.attempts) last = std::max(last.value_or(attempt), attempt);
  if (last) last = *last + facts_.limits.gap;
  allow_from("gap", last, "the last call to this number was a short while ago");
}

void DialHearing::ask_caps(const NumberHistory& history) {
  ask_cap(history, "cap", "this workspace calls no number more often in 24 hours", facts_.limits.calls_a_day,
          24h);
  for (const CapRule& rule : book_.all().caps) {
    if (binds_now(rule)) ask_cap(history, rule.id, rule.says, rule.calls, rule.within);
  }
}

void DialHearing::ask_cap(const NumberHistory& history, std::string_view rule, std::string_view says,
                          int calls, Span within) {
  const auto room = room_under_cap(history.attempts, calls, within);
  if (!room) return refuse(rule, fmt::format("{}: none at all", says));
  allow_from(rule, room, says);
}

// A rule begins and ends at midnight of the called party; where two clocks disagree it holds on either, and
// where none is known on any day.
bool DialHearing::binds_now(const Rule& rule) const {
  const auto holds_there = [&](const Zone& clock) {
    return rule.holds_on(std::chrono::floor<std::chrono::days>(clock.wall_time(at_)));
  };
  return binds(rule, places_, facts_.voice) && (clocks_.empty() || std::ranges::any_of(clocks_, holds_there));
}

bool DialHearing::has_lawful_hours() const {
  return std::ranges::all_of(clocks_, [&](const Zone& clock) {
    const auto day = std::chrono::floor<std::chrono::days>(clock.wall_time(at_));
    return std::ranges::any_of(windows_,
                               [&](const Window& window) { return window.law && window.law->holds_on(day); });
  });
}

void DialHearing::allow(std::string_view rule) {
  answers_.push_back({.rule = std::string(rule)});
}

void DialHearing::refuse(std::string_view rule, std::string says) {
  answers_.push_back({.rule = std::string(rule), .decision = Decision::refuse, .says = std::move(says)});
}

void DialHearing::allow_from(std::string_view rule, std::optional<Time> from, std::string_view says) {
  if (!from || *from <= at_) return allow(rule);
  answers_.push_back(
      {.rule = std::string(rule), .decision = Decision::defer, .until = from, .says = std::string(says)});
}

}  // namespace ringdown
