#include "domain/integrations.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("an unknown integration is answered with the name that was probably meant") {
  CHECK(integration_called("twilio.auth_token"));
  CHECK(integration_called("twilio.auth_tokn").error().text.contains("did you mean twilio.auth_token?"));
  CHECK(integration_called("fax").error().reason == Reason::not_found);
}

TEST_CASE("a hint shows four characters, and only of secrets that have plenty more") {
  CHECK(hint_of("sk-0123456789abcdefghijklmn") == "klmn");
  CHECK_FALSE(hint_of("twenty-three characters"));
  CHECK_FALSE(hint_of("a secret that ends oddly: é"));
}
