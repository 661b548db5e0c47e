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
