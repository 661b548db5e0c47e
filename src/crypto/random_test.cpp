#include "crypto/random.h"

#include <doctest/doctest.h>

#include <set>

#include "base/result.h"
#include "crypto/base64.h"

using namespace ringdown;
using namespace ringdown::crypto;

TEST_CASE("a token carries as many random bytes as were asked for, and no two are the same") {
  std::set<std::string> tokens;
  for (int i = 0; i < 1000; ++i) tokens.insert(random_token());

  CHECK(tokens.size() == 1000);
  CHECK(from_base64url(random_token())->size() == 32);
  CHECK(from_base64url(random_token(16))->size() == 16);
}

TEST_CASE("a token that could be guessed is not made") {
  CHECK_THROWS_AS(random_token(15), Breakage);
}

TEST_CASE("equal is equal and everything else is not") {
  CHECK(constant_time_equal("secret", "secret"));
  CHECK(constant_time_equal("", ""));
  CHECK_FALSE(constant_time_equal("secret", "secreT"));
  CHECK_FALSE(constant_time_equal("secret", "secret "));
  CHECK_FALSE(constant_time_equal("", "s"));
  CHECK(constant_time_equal(Bytes{1, 0, 2}, Bytes{1, 0, 2}));
  CHECK_FALSE(constant_time_equal(Bytes{1, 0, 2}, Bytes{1, 0, 3}));
}
