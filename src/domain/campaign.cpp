#include "domain/campaign.h"

#include <algorithm>
#include <array>

namespace ringdown {
namespace {

constexpr std::array<std::string_view, 7> day_names = {"sunday",   "monday", "tuesday", "wednesday",
                                                       "thursday", "friday", "saturday"};

}  // namespace

Result<WeekHours> week_hours_of(const HoursByDay& by_day) {
  WeekHours week;
  for (const auto& [name, hours] : by_day) {
    const auto day = std::ranges::find(day_names, name);
    if (day == day_names.end())
      return fail(Reason::invalid, "'" + name + "' is no day; use sunday to saturday", "hours");
    const auto parsed = parse_day_hours(hours);
    if (!parsed)
      return fail(Reason::invalid, "'" + hours + "' on " + name + " are no hours; use 09:00-17:00", "hours");
    week.days[static_cast<std::size_t>(day - day_names.begin())] = *parsed;
  }
  return week;
}

}  // namespace ringdown
