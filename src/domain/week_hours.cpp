#include "domain/week_hours.h"

#include <fmt/format.h>

namespace ringdown {
namespace {

constexpr std::size_t clock_size = 5;

std::optional<std::chrono::minutes> parse_clock(std::string_view text) {
  if (text.size() != clock_size || text[2] != ':') return {};
  for (const std::size_t at : {0, 1, 3, 4}) {
    if (text[at] < '0' || text[at] > '9') return {};
  }
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (minute > 59 || hour * 60 + minute > 24 * 60) return {};
  return std::chrono::minutes(hour * 60 + minute);
}

std::string clock_text(std::chrono::minutes time) {
  return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

}  // namespace

std::optional<DayHours> parse_day_hours(std::string_view text) {
  if (text.size() != 2 * clock_size + 1 || text[clock_size] != '-') return {};
  const auto opens = parse_clock(text.substr(0, clock_size));
  const auto closes = parse_clock(text.substr(clock_size + 1));
  if (!opens || !closes || *opens >= *closes) return {};
  return DayHours{*opens, *closes};
}

std::string to_text(const DayHours& hours) {
  return clock_text(hours.opens) + "-" + clock_text(hours.closes);
}

}  // namespace ringdown
