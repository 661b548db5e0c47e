#include "sim/oracle.h"

#include <algorithm>

#include "base/expect.h"
#include "base/timezone.h"

namespace ringdown::sim {
namespace {

struct Window {
  int from;  // minutes of the day
  int to;
};

// From the statutes: an artificial voice, weekdays and Sundays.
Window window_of(const std::string& state, bool sunday) {
  constexpr Window never{0, 0};
  constexpr Window federal{8 * 60, 21 * 60};
  constexpr Window until_eight{8 * 60, 20 * 60};
  constexpr Window from_nine{9 * 60, 21 * 60};

  if (state == "FL" || state == "OK" || state == "WA") return until_eight;
  if (state == "CA") return from_nine;
  if (state == "TX") return sunday ? Window{12 * 60, 21 * 60} : from_nine;
  if (state == "UT") return sunday ? never : federal;
  return federal;
}

bool is_open(const std::string& state, const std::string& zone_name, Time at) {
  const auto zone = Zone::named(zone_name);
  expect(zone.has_value(), "people live in zones that are known");
  const WallTime wall = zone->wall_time(at);
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  const bool sunday = std::chrono::weekday(day) == std::chrono::Sunday;
  const auto minute = std::chrono::floor<std::chrono::minutes>(wall - day).count();
  const Window window = window_of(state, sunday);
  return window.from <= minute && minute < window.to;
}

}  // namespace

bool may_be_called_at(const Person& person, Time at) {
  return person.may_ever_be_called() && std::ranges::all_of(person.zones, [&](const std::string& zone) {
           return is_open(person.state, zone, at);
         });
}

}  // namespace ringdown::sim
