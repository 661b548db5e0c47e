// When on which day of the week somebody may be called, by the clock on their wall.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace ringdown {

struct DayHours {
  std::chrono::minutes opens{0};
  std::chrono::minutes closes{0};  // this minute is outside again

  bool operator==(const DayHours&) const = default;
};

struct WeekHours {
  std::array<std::optional<DayHours>, 7> days;  // from Sunday on; nothing where the day is closed

  const std::optional<DayHours>& on(std::chrono::weekday day) const { return days[day.c_encoding()]; }

  bool operator==(const WeekHours&) const = default;
};

// "08:00-21:00"; opens before it closes, at 24:00 at the latest.
std::optional<DayHours> parse_day_hours(std::string_view);
std::string to_text(const DayHours&);

}  // namespace ringdown
