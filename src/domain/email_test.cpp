#include "domain/email.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("an address is one account however it is typed") {
  for (const char* typed : {"ann@example.com", "  Ann@Example.COM\t", "ANN@EXAMPLE.COM"}) {
    CAPTURE(typed);
    CHECK(normalised_email(typed) == "ann@example.com");
  }
  CHECK(normalised_email("Ann+Calls@example.com") == "ann+calls@example.com");
}

TEST_CASE("what is no address is refused with the field's name") {
  for (const char* typed :
       {"", "ann", "ann@", "@example.com", "ann@example", "a nn@example.com", "ann@exa mple.com",
        "ann@example.com\r\nBcc: zoe@example.com", "ann@example.com,zoe@example.com", "\xff@example.com"}) {
    CAPTURE(typed);
    const auto email = normalised_email(typed);
    REQUIRE_FALSE(email);
    CHECK(email.error().field == "email");
  }
}
