// What the rule packs say, one struct per kind of rule. A rule binds a call to any of its places; where
// several do, each must be kept, and so the stricter wins.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/enums.h"
#include "domain/holidays.h"
#include "domain/week_hours.h"

namespace ringdown {

enum class Voice { artificial, human };  // artificial: an AI, a spoken message, a voicemail drop
BOOST_DESCRIBE_ENUM(Voice, artificial, human)

enum class Purpose { marketing, information };
BOOST_DESCRIBE_ENUM(Purpose, marketing, information)

struct Rule {
  std::string id;
  std::vector<std::string> places;  // "US", "US-FL", "*"
  std::string says;
  std::string source;
  std::chrono::year_month_day from;
  std::optional<std::chrono::year_month_day> until;  // the first day without it
  std::optional<Voice> voice;                        // of any, where nothing is said

  bool holds_on(std::chrono::local_days day) const {
    return std::chrono::local_days(from) <= day && (!until || day < std::chrono::local_days(*until));
  }
};

struct HoursRule : Rule {
  WeekHours hours;
  std::vector<Holiday> closed_on;
};

struct CapRule : Rule {
  int calls = 0;
  std::chrono::hours within{0};
};

struct ConsentRule : Rule {
  std::optional<Purpose> purpose;  // of any, where nothing is said
  bool written = false;
  bool names_artificial_voice = false;
};

struct RingRule : Rule {
  std::chrono::seconds at_least{0};
};

struct ScrubRule : Rule {
  std::chrono::days age_max{0};
};

struct RulePack {
  std::string name;
  std::chrono::year_month_day as_of{};
  std::vector<std::string> not_covered;
  std::vector<std::string> allowed_countries;
  std::vector<HoursRule> hours;
  std::vector<CapRule> caps;
  std::vector<ConsentRule> consents;
  std::vector<RingRule> rings;
  std::vector<ScrubRule> scrubs;
};

}  // namespace ringdown
