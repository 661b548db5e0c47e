// The search for a moment that suits every clock and every rule about hours at once.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/timezone.h"
#include "domain/rules.h"

namespace ringdown {

constexpr Span lawful_search_max = std::chrono::days(14);

// One rule on one clock. What it points to must outlive it.
struct Window {
  Zone zone;
  std::string_view zone_name;
  std::string_view rule;
  std::string_view says;
  const WeekHours* hours;
  const HoursRule* law =
      nullptr;  // with its dates and closed days; none for hours that a campaign set itself
};

// The first moment at or after `from`, and before `until`, at which the window is open.
std::optional<Time> next_open(const Window&, Time from, Time until);

struct LawfulMoment {
  std::optional<Time> at;           // nothing where there is none within lawful_search_max
  const Window* decided = nullptr;  // the last that was waited for
};

LawfulMoment next_lawful_moment(std::span<const Window>, Time from);

// "hours in Florida are 08:00 to 20:00; it is Saturday 20:15 in America/New_York"
std::string why_closed(const Window&, Time at);

}  // namespace ringdown
