#include "domain/lawful_hours.h"

#include <fmt/format.h>

#include <algorithm>

namespace ringdown {
namespace {

using std::chrono::days;
using std::chrono::local_days;

constexpr const char* day_names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                     "Thursday", "Friday", "Saturday"};

std::optional<DayHours> hours_on(const Window& window, local_days day) {
  constexpr DayHours all_day{0min, 24h};
  if (!window.law) return window.hours->on(std::chrono::weekday(day));
  if (!window.law->holds_on(day)) return all_day;

  const auto is_today = [day](const Holiday& holiday) { return falls_on(holiday, day); };
  if (std::ranges::any_of(window.law->closed_on, is_today)) return {};
  return window.hours->on(std::chrono::weekday(day));
}

// On a clock that does not jump between the two.
std::optional<WallTime> next_open_by_clock(const Window& window, WallTime from, WallTime until) {
  for (local_days day = std::chrono::floor<days>(from); day < until; day += days(1)) {
    const auto hours = hours_on(window, day);
    if (!hours) continue;
    const WallTime at = std::max<WallTime>(from, day + hours->opens);
    if (at >= day + hours->closes) continue;
    if (at >= until) return {};
    return at;
  }
  return {};
}

}  // namespace

std::optional<Time> next_open(const Window& window, Time from, Time until) {
  while (from < until) {
    const Time steady_until = std::min(window.zone.next_change(from).value_or(until), until);
    const Span offset = window.zone.offset(from);
    const auto on_wall = [offset](Time at) { return WallTime((at + offset).time_since_epoch()); };

    const auto open = next_open_by_clock(window, on_wall(from), on_wall(steady_until));
    if (open) return Time(open->time_since_epoch() - offset);
    from = steady_until;
  }
  return {};
}

LawfulMoment next_lawful_moment(std::span<const Window> windows, Time from) {
  const Time until = from + lawful_search_max;
  LawfulMoment found{.at = from};
  // Each step goes to the first moment that one window allows, so none is passed over at which all do.
  for (bool moved = true; moved;) {
    moved = false;
    for (const Window& window : windows) {
      const auto open = next_open(window, *found.at, until);
      if (open == found.at) continue;
      found = {open, &window};
      if (!open) return found;
      moved = true;
    }
  }
  return found;
}

std::string why_closed(const Window& window, Time at) {
  const WallTime wall = window.zone.wall_time(at);
  const local_days day = std::chrono::floor<days>(wall);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(wall - day).count();
  return fmt::format("{}; it is {} {:02}:{:02} in {}", window.says,
                     day_names[std::chrono::weekday(day).c_encoding()], minutes / 60, minutes % 60,
                     window.zone_name);
}

}  // namespace ringdown
