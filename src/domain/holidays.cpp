#include "domain/holidays.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace ringdown {
namespace {

using namespace std::chrono;
using Words = std::vector<std::string_view>;

constexpr int easter_reach_days = 60;

constexpr std::array<std::string_view, 12> month_names = {"january",   "february", "march",    "april",
                                                          "may",       "june",     "july",     "august",
                                                          "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> day_names = {"sunday",   "monday", "tuesday", "wednesday",
                                                       "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 4> ordinals = {"1st", "2nd", "3rd", "4th"};

template <std::size_t N>
std::optional<unsigned> place_in(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return {};
  return static_cast<unsigned>(found - names.begin());
}

std::optional<int> parse_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

std::optional<Holiday> parse_fixed(std::string_view words, const Words& parts) {
  const auto named = place_in(month_names, parts[0]);
  const auto number = parse_number(parts[1]);
  const bool observed = parts.size() == 3;
  if (!named || !number || *number < 1 || (observed && parts[2] != "observed")) return {};
  const month_day date = month(*named + 1) / day(static_cast<unsigned>(*number));
  if (!date.ok()) return {};
  return Holiday{std::string(words), FixedDay{date, observed}};
}

std::optional<Holiday> parse_nth(std::string_view words, const Words& parts) {
  const auto weekday_number = place_in(day_names, parts[1]);
  const auto named = place_in(month_names, parts[3]);
  if (!weekday_number || !named || parts[2] != "of") return {};

  const month in(*named + 1);
  const weekday on(*weekday_number);
  if (parts[0] == "last") return Holiday{std::string(words), month_weekday_last(in, on[last])};
  const auto nth = place_in(ordinals, parts[0]);
  if (!nth) return {};
  return Holiday{std::string(words), month_weekday(in, on[*nth + 1])};
}

std::optional<Holiday> parse_easter(std::string_view words, const Words& parts) {
  const auto number = parse_number(parts[1]);
  if (!number || *number < -easter_reach_days || *number > easter_reach_days) return {};
  return Holiday{std::string(words), EasterDay{days(*number)}};
}

struct FallsOn {
  local_days at;

  bool operator()(const FixedDay& fixed) const {
    const auto is_it = [&](local_days date) {
      const year_month_day that(date);
      return that.month() / that.day() == fixed.day;
    };
    if (is_it(at)) return true;
    if (!fixed.observed) return false;
    return (weekday(at) == Friday && is_it(at + days(1))) || (weekday(at) == Monday && is_it(at - days(1)));
  }

  bool operator()(const month_weekday& nth) const {
    return local_days(year_month_day(at).year() / nth.month() / nth.weekday_indexed()) == at;
  }

  bool operator()(const month_weekday_last& last_one) const {
    return local_days(year_month_day(at).year() / last_one.month() / last_one.weekday_last()) == at;
  }

  bool operator()(const EasterDay& moved) const {
    return easter_sunday(year_month_day(at).year()) + moved.after == at;
  }
};

}  // namespace

std::optional<Holiday> parse_holiday(std::string_view words) {
  const Words parts = split(words, ' ');
  if (parts.size() == 2 && parts[0] == "easter") return parse_easter(words, parts);
  if (parts.size() == 2 || parts.size() == 3) return parse_fixed(words, parts);
  if (parts.size() == 4) return parse_nth(words, parts);
  return {};
}

bool falls_on(const Holiday& holiday, local_days day) {
  return std::visit(FallsOn{day}, holiday.when);
}

// The Sunday after the first full moon of spring, by the tables of the Gregorian calendar.
local_days easter_sunday(year in) {
  const int y = int(in);
  const int golden = y % 19;
  const int century = y / 100;
  const int leaps_left_out = century - century / 4;
  const int moon_drift = (8 * century + 13) / 25;
  int epact = (19 * golden + leaps_left_out - moon_drift + 15) % 30;
  // Two epacts share a day at the end, so that no two years of a cycle have the same moon.
  if (epact == 29 || (epact == 28 && golden > 10)) --epact;
  const local_days full_moon = local_days(in / March / 21) + days(epact);
  const days to_sunday(7 - weekday(full_moon).c_encoding());
  return full_moon + to_sunday;
}

}  // namespace ringdown
