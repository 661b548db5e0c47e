// Days of the year that move with the calendar, as the rule packs write them:
//   "july 4"                   "july 4 observed": on a weekend also the Friday before or the Monday after
//   "4th thursday of november" "last monday of may"
//   "easter -2"                days from Easter Sunday
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace ringdown {

struct FixedDay {
  std::chrono::month_day day;
  bool observed = false;
};

struct EasterDay {
  std::chrono::days after{0};
};

struct Holiday {
  std::string words;
  std::variant<FixedDay, std::chrono::month_weekday, std::chrono::month_weekday_last, EasterDay> when;
};

std::optional<Holiday> parse_holiday(std::string_view words);
bool falls_on(const Holiday&, std::chrono::local_days);
std::chrono::local_days easter_sunday(std::chrono::year);

}  // namespace ringdown
