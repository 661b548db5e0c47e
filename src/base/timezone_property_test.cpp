// Every zone of the machine's tzdata over ten years, held against the C library's reading of the same files.
#include <doctest/doctest.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/timezone.h"

namespace ringdown {
namespace {

const Time begin = *parse_time("2024-01-01T00:00:00Z");
const Time end = *parse_time("2034-01-01T00:00:00Z");

// Zones and their other names, as tzdata lists them.
std::set<std::string> zone_names() {
  std::set<std::string> names;
  std::ifstream file("/usr/share/zoneinfo/tzdata.zi");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string kind, first, second;
    words >> kind >> first >> second;
    if (kind == "Z") names.insert(first);
    if (kind == "L") names.insert(second);
  }
  return names;
}

// The C library's clock of one zone. It knows one zone at a time, for the whole process.
class LibraryZone {
 public:
  explicit LibraryZone(const std::string& name) {
    if (const char* set = std::getenv("TZ")) before_ = set;
    setenv("TZ", (":" + name).c_str(), 1);
    tzset();
  }
  ~LibraryZone() {
    if (before_) {
      setenv("TZ", before_->c_str(), 1);
    } else {
      unsetenv("TZ");
    }
    tzset();
  }

  std::tm wall(Time at) const {
    const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    std::tm broken_down{};
    localtime_r(&seconds, &broken_down);
    return broken_down;
  }
  Span offset(Time at) const { return std::chrono::seconds(wall(at).tm_gmtoff); }
  Time moment(std::tm wall) const { return Time(std::chrono::seconds(std::mktime(&wall))); }

 private:
  std::optional<std::string> before_;
};

std::tm broken_down(WallTime wall, int is_summer) {
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(wall - day));
  std::tm fields{};
  fields.tm_year = int(date.year()) - 1900;
  fields.tm_mon = int(unsigned(date.month())) - 1;
  fields.tm_mday = int(unsigned(date.day()));
  fields.tm_hour = int(clock.hours().count());
  fields.tm_min = int(clock.minutes().count());
  fields.tm_sec = int(clock.seconds().count());
  fields.tm_isdst = is_summer;
  return fields;
}

// The first moment with another offset than `from` has; one day at a time, then halved down to the second.
std::optional<Time> next_jump(const LibraryZone& zone, Time from) {
  const Span offset = zone.offset(from);
  while (from < end && zone.offset(from + 24h) == offset) from += 24h;
  if (from >= end) return {};

  Time same = from;
  Time other = from + 24h;
  while (other - same > 1s) {
    const Time middle = same + std::chrono::floor<std::chrono::seconds>((other - same) / 2);
    (zone.offset(middle) == offset ? same : other) = middle;
  }
  return other;
}

// Empty where both see the same clock, and where either's reading of it leads back to the moment.
std::string difference(const Zone& ours, const LibraryZone& library, Time at) {
  const WallTime wall = ours.wall_time(at);
  const std::tm theirs = library.wall(at);
  const std::tm mine = broken_down(wall, theirs.tm_isdst);
  const bool same = mine.tm_year == theirs.tm_year && mine.tm_mon == theirs.tm_mon &&
                    mine.tm_mday == theirs.tm_mday && mine.tm_hour == theirs.tm_hour &&
                    mine.tm_min == theirs.tm_min && mine.tm_sec == theirs.tm_sec;
  if (!same) return "another clock at " + to_text(at);

  // Where a zone changes its standard time, one reading may mean two moments, and the library names either.
  const Time back = library.moment(mine);
  if (ours.wall_time(back) != std::chrono::floor<std::chrono::seconds>(wall)) {
    return "no way back to " + to_text(at);
  }
  return {};
}

std::vector<Time> jumps_of(const LibraryZone& zone) {
  std::vector<Time> jumps;
  for (auto jump = next_jump(zone, begin); jump; jump = next_jump(zone, *jump)) jumps.push_back(*jump);
  return jumps;
}

}  // namespace

TEST_CASE(
    "every zone's clock shows what the C library's shows, around each of ten years' jumps and between") {
  std::mt19937_64 chance(20261126);
  std::uniform_int_distribution<std::int64_t> moments(to_micros(begin), to_micros(end));
  std::size_t jumps = 0;

  const auto names = zone_names();
  for (const std::string& name : names) {
    CAPTURE(name);
    const auto zone = Zone::named(name);
    REQUIRE(zone);
    const LibraryZone library(name);

    for (const Time jump : jumps_of(library)) {
      ++jumps;
      CHECK(zone->next_change(jump - 1us) == jump);
      for (const Span beside : {Span(-1h), Span(-1s), Span(-1us), Span(0), Span(1us), Span(1s), Span(1h)}) {
        CHECK(difference(*zone, library, jump + beside) == "");
      }
    }
    for (int i = 0; i < 100; ++i) CHECK(difference(*zone, library, from_micros(moments(chance))) == "");
  }

  CHECK(names.size() > 500);
  CHECK(jumps > 3000);
}

TEST_CASE("between two changes that a zone names, the C library sees none") {
  for (const std::string& name : zone_names()) {
    CAPTURE(name);
    const auto zone = Zone::named(name);
    REQUIRE(zone);
    const LibraryZone library(name);

    const auto jumps = jumps_of(library);
    std::set<Time> named;
    for (auto change = zone->next_change(begin); change && *change < end;
         change = zone->next_change(*change)) {
      named.insert(*change);
    }

    for (const Time jump : jumps) CHECK(named.contains(jump));
    for (const Time change : named) {
      const bool jumped = library.offset(change - 1s) != library.offset(change);
      CHECK(jumped == (zone->offset(change - 1s) != zone->offset(change)));
    }
  }
}

}  // namespace ringdown
