#include "base/timezone.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("the zones people live in are known") {
  for (const char* name :
       {"UTC", "America/Chicago", "America/Argentina/Buenos_Aires", "Europe/Paris", "Asia/Kolkata"}) {
    CAPTURE(name);
    CHECK(is_timezone(name));
  }
}

TEST_CASE("what is no zone, or a path in disguise, is unknown") {
  for (const char* name :
       {"", "Mars/Olympus", "localtime", "/etc/passwd", "../../etc/passwd", "America/../Chicago",
        "America/Chicago\n", "file:America/Chicago", "america/chicago2"}) {
    CAPTURE(name);
    CHECK_FALSE(is_timezone(name));
  }
}

TEST_CASE("a clock on the wall is known from its zone") {
  const Zone chicago = *Zone::named("America/Chicago");
  const Time summer = *parse_time("2026-06-16T03:04:05Z");

  CHECK(chicago.offset(summer) == -5h);
  CHECK(chicago.offset(*parse_time("2026-01-16T00:00:00Z")) == -6h);
  CHECK(chicago.wall_time(summer).time_since_epoch() == (summer - 5h).time_since_epoch());
  CHECK_FALSE(Zone::named("Mars/Olympus"));
}

TEST_CASE("the next jump of a clock is known to the microsecond") {
  const Zone chicago = *Zone::named("America/Chicago");
  const Time spring = *parse_time("2026-03-08T08:00:00Z");
  const Time autumn = *parse_time("2026-11-01T07:00:00Z");

  CHECK(chicago.next_change(spring - 1us) == spring);
  CHECK(chicago.next_change(spring) == autumn);
  CHECK(chicago.offset(spring - 1us) == -6h);
  CHECK(chicago.offset(spring) == -5h);
  CHECK(chicago.offset(autumn - 1us) == -5h);
  CHECK(chicago.offset(autumn) == -6h);
  CHECK_FALSE(Zone::named("UTC")->next_change(spring));
  CHECK_FALSE(Zone::named("America/Phoenix")->next_change(spring));
}
