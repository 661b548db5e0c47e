// What the gate must know of a number, its lead and its place to judge a call. Whoever leaves something out
// gets a refusal: every default is the one that forbids.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/consent.h"
#include "domain/lead.h"
#include "domain/number_kind.h"
#include "domain/rulebook.h"
#include "domain/zones.h"

namespace ringdown {

enum class Known { unknown, no, yes };
BOOST_DESCRIBE_ENUM(Known, unknown, no, yes)

// What is kept by number, over all leads, queues and campaigns of the workspace.
struct NumberHistory {
  std::vector<Time>
      attempts;  // that count, those of unknown end too; in any order, at least of the last 24 hours
  std::optional<Time> last_attempt_at;           // may be older than those
  std::optional<Time> blocked_by_carrier_until;  // not within a day of a block
  Known live_call = Known::unknown;              // placing, ringing, in progress, unknown
  std::optional<Time> live_call_until;           // where its end is known: the end of its lease

  bool operator==(const NumberHistory&) const = default;
};

struct ConsentFact {
  ConsentScope scope = ConsentScope::information;
  bool written = false;
  bool names_artificial_voice = false;
  Time given_at;
  bool revoked = false;

  bool operator==(const ConsentFact&) const = default;
};

struct LeadFacts {
  LeadStatus status = LeadStatus::error;
  int attempts = 0;
  int attempts_max = 0;
  std::optional<Time> next_attempt_at;

  bool operator==(const LeadFacts&) const = default;
};

struct DialLimits {
  Span gap = 60min;     // between two calls to a number
  int calls_a_day = 3;  // to a number in 24 hours

  bool operator==(const DialLimits&) const = default;
};

struct ScrubFacts {
  bool needed = true;  // whether numbers are held against a do-not-call register
  std::optional<Time> scrubbed_at;

  bool operator==(const ScrubFacts&) const = default;
};

struct DialFacts {
  NumberKind kind = NumberKind::unassigned;
  WorkspaceKind workspace = WorkspaceKind::live;
  std::string country;           // of the number
  bool country_assumed = false;  // its area code is newer than our lists
  std::vector<std::string> allowed_countries;

  std::vector<ZoneCandidate> zones;  // all that may be theirs
  std::vector<Jurisdiction> places;  // likewise

  Known blocked = Known::unknown;  // on the workspace's list of numbers not to be called
  ScrubFacts scrub;
  std::vector<ConsentFact> consents;
  Voice voice = Voice::artificial;
  std::optional<Purpose> purpose;  // nothing known: marketing

  std::optional<LeadFacts> lead;
  std::optional<NumberHistory> history;
  DialLimits limits;
  std::optional<WeekHours> campaign_hours;  // of the called party's clock; can only narrow the law
  Span ring_timeout{0};
  bool asked_for = false;  // somebody pressed the button for this very call
};

}  // namespace ringdown
