#include "crypto/jwks.h"

#include <doctest/doctest.h>

using namespace ringdown;
using namespace ringdown::crypto;

namespace {

// The point of RFC 7517, appendix A.1.
std::string jwk(std::string_view more) {
  return R"({"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
         R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM")" +
         std::string(more) + "}";
}

std::string set_of(const std::string& keys) {
  return R"({"keys":[)" + keys + "]}";
}

std::size_t usable(std::string_view more) {
  return parse_jwks(set_of(jwk(more)))->keys.size();
}

}  // namespace

TEST_CASE("a key is found by its kid and knows its algorithm") {
  const auto set = parse_jwks(set_of(jwk(R"(,"kid":"one","use":"sig","alg":"ES256")")));

  REQUIRE(set);
  REQUIRE(set->find("one"));
  CHECK(set->find("one")->algorithm() == Algorithm::es256);
  CHECK_FALSE(set->find("two"));
  CHECK_FALSE(set->find(""));
}

TEST_CASE("an empty set is a set: a project with a shared secret lists nothing") {
  CHECK(parse_jwks(R"({"keys":[]})")->keys.empty());
}

TEST_CASE("keys that are not for verifying our tokens are left out, the others stay") {
  CHECK(usable(R"(,"kid":"a")") == 1);
  CHECK(usable(R"(,"kid":"a","key_ops":["verify"])") == 1);
  for (const char* more :
       {"", R"(,"kid":"")", R"(,"kid":7)", R"(,"kid":"a","use":"enc")", R"(,"kid":"a","use":null)",
        R"(,"kid":"a","alg":"RS256")", R"(,"kid":"a","alg":"HS256")", R"(,"kid":"a","key_ops":["sign"])",
        R"(,"kid":"a","key_ops":"verify")", R"(,"kid":"a","d":"AAAA")"}) {
    CAPTURE(more);
    CHECK(usable(more) == 0);
  }

  const auto mixed = parse_jwks(set_of(R"({"kty":"oct","k":"c2VjcmV0","kid":"a"},7,null,{},)"
                                       R"({"kty":"OKP","crv":"Ed25519","x":"AAAA","kid":"b"},)"
                                       R"({"kty":"RSA","n":"AQAB","e":"AQAB","kid":"weak"},)" +
                                       jwk(R"(,"kid":"good")")));
  REQUIRE(mixed);
  CHECK(mixed->keys.size() == 1);
  CHECK(mixed->find("good"));
}

TEST_CASE("a set that is none, too large or ambiguous is refused whole") {
  const std::string one = jwk(R"(,"kid":"a")");
  std::string many = "{}";
  for (int i = 0; i < 32; ++i) many += ",{}";

  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("{}"), std::string(R"({"keys":{}})"),
        std::string("<html>"), std::string(R"({"keys":[],"keys":[]})"), set_of(one + "," + one), set_of(many),
        set_of(one) + "x", set_of(jwk(R"(,"kid":"a","kid":"b")")),
        std::string(64 * 1024, ' ') + set_of("")}) {
    CAPTURE(text);
    CHECK_FALSE(parse_jwks(text));
  }
}

TEST_CASE("an unknown key is asked for once in 30 seconds, however often it is named") {
  const Time asked = from_micros(1'795'168'800'000'000);

  CHECK(should_refetch({}, asked));
  CHECK_FALSE(should_refetch(asked, asked));
  CHECK_FALSE(should_refetch(asked, asked + 30s - 1us));
  CHECK(should_refetch(asked, asked + 30s));
  CHECK(should_refetch(asked, asked - 1us));  // the clock was set back
}

TEST_CASE("a set is believed for ten minutes") {
  const Time asked = from_micros(1'795'168'800'000'000);

  CHECK(is_stale({}, asked));
  CHECK_FALSE(is_stale(asked, asked + 10min - 1us));
  CHECK(is_stale(asked, asked + 10min));
}
