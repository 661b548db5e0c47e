#include "sandbox/moments.h"

#include <fmt/format.h>

#include <array>
#include <string>

namespace ringdown::sandbox {

Time now() {
  return std::chrono::time_point_cast<Span>(std::chrono::system_clock::now());
}

std::string mail_moment(Time moment) {
  constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto midnight = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date(midnight);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(moment - midnight));
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000",
                     days[std::chrono::weekday(midnight).c_encoding()], static_cast<unsigned>(date.day()),
                     months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::optional<Time> parse_day(std::string_view text) {
  return parse_time(text.size() == 10 ? std::string(text) + "T00:00:00Z" : std::string(text));
}

}  // namespace ringdown::sandbox
