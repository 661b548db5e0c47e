#include "base/ids.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("an id carries its moment in front, and version and variant where they belong") {
  const Uuid uuid = uuid_v7(from_micros(1'795'168'800'000'000), {~0ull, ~0ull});

  CHECK(to_text(uuid) == "01a1f866-0d00-7fff-bfff-ffffffffffff");
  CHECK(to_text(uuid_v7(from_micros(1'795'168'800'000'000), {0, 0})) == "01a1f866-0d00-7000-8000-000000000000");
}

TEST_CASE("ids minted later sort later") {
  const Time now = from_micros(1'795'168'800'000'000);

  CHECK(uuid_v7(now, {~0ull, ~0ull}) < uuid_v7(now + 1ms, {0, 0}));
}

TEST_CASE("an id is read back from its text in either case, and nothing else is") {
  const auto uuid = parse_uuid("01A1F866-0d00-7fff-bfff-ffffffffffff");

  REQUIRE(uuid);
  CHECK(to_text(*uuid) == "01a1f866-0d00-7fff-bfff-ffffffffffff");
  for (const char* text : {"", "01a1f8660d007fffbfffffffffffffff", "01a1f866-0d00-7fff-bfff-fffffffffffg",
                           "01a1f866-0d00-7fff-bfff-ffffffffffff0", "01a1f866-0d007-fff-bfff-ffffffffffff",
                           "{1a1f866-0d00-7fff-bfff-fffffffffff}"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_uuid(text));
  }
}

TEST_CASE("ids of one moment sort by their place, and are of version 7") {
  const Time moment = parse_time("2026-11-20T10:00:00Z").value();
  Uuid before = uuid_v7(moment, 0, 7);

  for (std::uint16_t place = 1; place < 4096; ++place) {
    const Uuid next = uuid_v7(moment, place, 4096u - place);
    CHECK(before < next);
    before = next;
  }
  CHECK(to_text(before)[14] == '7');
  CHECK(before < uuid_v7(moment + 1ms, 0, 0));
}
