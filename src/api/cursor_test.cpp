#include "api/cursor.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("a cursor comes back as it was handed out, and nothing else is one") {
  const Cursor cursor{.id = parse_uuid("01890000-0000-7000-8000-000000000001").value(), .key = "Ann \u00e9"};

  CHECK(parse_cursor(to_text(cursor)) == cursor);
  for (const char* text : {"", "abc", "!!!!", "AAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAP8"}) {
    CAPTURE(text);
    const auto refused = parse_cursor(text);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().field == "after");
  }
}
