#include "domain/week_hours.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("hours are read and written in one form") {
  for (const char* text : {"08:00-21:00", "00:00-24:00", "09:30-18:05", "23:59-24:00"}) {
    const auto hours = parse_day_hours(text);
    REQUIRE(hours);
    CHECK(to_text(*hours) == text);
  }
  CHECK(*parse_day_hours("09:30-18:05") == DayHours{570min, 1085min});
}

TEST_CASE("what are no hours is refused") {
  for (const char* text : {"", "8-21", "08:00", "08:00-08:00", "21:00-08:00", "08:60-21:00", "08:00-24:01",
                           "25:00-26:00", "08:00 21:00", "08.00-21.00", "0a:00-21:00", "08:00-21:00 "}) {
    CAPTURE(text);
    CHECK_FALSE(parse_day_hours(text));
  }
}
