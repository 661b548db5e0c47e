#include "base/time.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("a moment is written as RFC 3339 in UTC, with a fraction only where there is one") {
  CHECK(to_text(Time{}) == "1970-01-01T00:00:00Z");
  CHECK(to_text(from_micros(1'795'168'800'000'000)) == "2026-11-20T10:00:00Z");
  CHECK(to_text(from_micros(1'795'168'800'250'000)) == "2026-11-20T10:00:00.25Z");
  CHECK(to_text(from_micros(-1)) == "1969-12-31T23:59:59.999999Z");
}

TEST_CASE("what was written is read back as the same moment") {
  for (std::int64_t micros : {0L, -1L, 1L, 1'795'168'800'123'456L, -62'135'596'800'000'000L}) {
    CHECK(parse_time(to_text(from_micros(micros))) == from_micros(micros));
  }
}

TEST_CASE("offsets, lower case and long fractions are understood") {
  const auto ten = from_micros(1'795'168'800'000'000);

  CHECK(parse_time("2026-11-20T04:00:00-06:00") == ten);
  CHECK(parse_time("2026-11-20t15:30:00+05:30") == ten);
  CHECK(parse_time("2026-11-20 10:00:00.000000999z") == ten);
}

TEST_CASE("a moment that is none is refused") {
  for (const char* text :
       {"", "2026-11-20", "2026-11-20T10:00:00", "2026-02-29T10:00:00Z", "2026-13-01T10:00:00Z",
        "0000-01-01T00:00:00Z", "2026-11-20T24:00:00Z", "2026-11-20T10:60:00Z", "2026-11-20T10:00:00.Z",
        "2026-11-20T10:00:00Zx", "2026-11-20T10:00:00+0530", "26-11-20T10:00:00Z", "2026-11-20T10:00:61Z",
        "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time(text));
  }
}
