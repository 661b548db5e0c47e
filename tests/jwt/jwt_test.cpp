// Our verifier against tokens that an independent signer has made a moment ago.
#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "crypto/jwt.h"
#include "tests/jwt/vectors.h"

using namespace ringdown;
using namespace ringdown::crypto;
using namespace ringdown::test;

namespace {

constexpr Time now = vectors_now;

// "accepted", or the word of the fault.
std::string verdict(const std::expected<Claims, TokenRefusal>& result) {
  return result ? "accepted" : to_text(result.error().fault);
}

struct Row {
  const char* token;
  const char* verdict;
};

template <std::size_t n>
void check_rows(const Row (&rows)[n], const Vectors& given, const Issuer& issuer) {
  const KeySet keys = given.keys("today");
  for (const Row& row : rows) {
    CAPTURE(row.token);
    CHECK(verdict(verify(given.token(row.token), issuer, keys, now)) == row.verdict);
  }
}

}  // namespace

TEST_CASE("a good Clerk token says who is there, in which session, and until when") {
  const Vectors* given = vectors();
  if (!given) return;

  const auto claims = verify(given->token("good_rs256"), clerk(*given), given->keys("today"), now);

  REQUIRE(claims);
  CHECK(claims->subject == "user_2abcDEF");
  CHECK(claims->session == "sess_1");
  CHECK_FALSE(claims->email);
  CHECK(claims->expires_at == now + 55s);
}

TEST_CASE("a good Supabase token is believed in each configured algorithm") {
  const Vectors* given = vectors();
  if (!given) return;

  for (const char* name :
       {"good_es256", "good_hs256", "good_hs256_with_kid", "audience_list", "fractional_expiry"}) {
    CAPTURE(name);
    const auto claims = verify(given->token(name), supabase(*given), given->keys("today"), now);
    REQUIRE(claims);
    CHECK(claims->subject == "0b6c7a52-93ab-4b51-8c7d-0d7f3a5e1c11");
    CHECK(claims->email == "ann@example.com");
    CHECK(claims->session == "session-1");
  }
}

TEST_CASE("a token is good between nbf and exp, with five seconds for the clocks and not one more") {
  const Vectors* given = vectors();
  if (!given) return;

  check_rows({{"expired", "expired"},
              {"expired_to_the_second", "expired"},
              {"expired_within_skew", "accepted"},
              {"not_before_within_skew", "accepted"},
              {"not_before", "not-yet"},
              {"issued_ahead", "not-yet"},
              {"no_expiry", "malformed"},
              {"expiry_as_text", "malformed"},
              {"expiry_beyond_time", "malformed"}},
             *given, clerk(*given));
  CHECK(verdict(verify(given->token("expired_within_skew"), clerk(*given), given->keys("today"), now, 0s)) ==
        "expired");
}

TEST_CASE("a token for somebody else is refused: issuer, origin, person") {
  const Vectors* given = vectors();
  if (!given) return;

  check_rows({{"wrong_issuer", "issuer"},
              {"issuer_with_slash", "issuer"},
              {"no_issuer", "issuer"},
              {"wrong_party", "party"},
              {"no_party", "party"},
              {"pending", "pending"},
              {"no_subject", "subject"},
              {"subject_as_number", "subject"},
              {"subject_too_long", "subject"},
              {"subject_with_nul", "subject"}},
             *given, clerk(*given));
}

TEST_CASE("an audience is asked for where it is configured, and Supabase's API keys are nobody") {
  const Vectors* given = vectors();
  if (!given) return;

  check_rows({{"wrong_audience", "audience"},
              {"wrong_audience_list", "audience"},
              {"no_audience", "audience"},
              {"anon_key", "subject"},
              {"service_key", "subject"}},
             *given, supabase(*given));

  Issuer careless = supabase(*given);
  careless.audience.reset();
  CHECK(verify(given->token("wrong_audience"), careless, given->keys("today"), now));
  CHECK(verify(given->token("no_audience"), careless, given->keys("today"), now));
}

TEST_CASE("a token cannot choose its algorithm") {
  const Vectors* given = vectors();
  if (!given) return;

  check_rows({{"none", "algorithm"},
              {"none_with_old_signature", "algorithm"},
              {"none_in_capitals", "algorithm"},
              {"no_algorithm", "algorithm"},
              {"empty_signature", "signature"},
              {"rs512", "algorithm"},
              {"confused_pem", "algorithm"},
              {"confused_der", "algorithm"},
              {"confused_modulus", "algorithm"},
              {"good_es256", "algorithm"}},
             *given, clerk(*given));
}

TEST_CASE("a public key is never a shared secret, even where HS256 is configured too") {
  const Vectors* given = vectors();
  if (!given) return;

  check_rows({{"person_confused_pem", "signature"},
              {"wrong_secret", "signature"},
              {"ec_kid_with_rs256", "algorithm"}},
             *given, supabase(*given));

  Issuer confused = supabase(*given);
  confused.hs256_secret = given->text("rsa_pem");
  CHECK_FALSE(judge_issuer(confused));
  CHECK_THROWS_AS((void)verify(given->token("person_confused_pem"), confused, given->keys("today"), now),
                  Breakage);
}

TEST_CASE("a key that nobody lists is its own reason, so that the caller may fetch the set once") {
  const Vectors* given = vectors();
  if (!given) return;

  check_rows({{"unknown_kid", "unknown-key"},
              {"good_rs256_next", "unknown-key"},
              {"embedded_key", "unknown-key"},
              {"no_kid", "malformed"},
              {"wrong_key", "signature"}},
             *given, clerk(*given));
}

TEST_CASE("while keys rotate both are good; afterwards only the new one is") {
  const Vectors* given = vectors();
  if (!given) return;
  const std::string old_token = given->token("good_rs256");
  const std::string new_token = given->token("good_rs256_next");

  CHECK(verify(old_token, clerk(*given), given->keys("rotating"), now));
  CHECK(verify(new_token, clerk(*given), given->keys("rotating"), now));
  CHECK(verdict(verify(old_token, clerk(*given), given->keys("rotated"), now)) == "unknown-key");
  CHECK(verify(new_token, clerk(*given), given->keys("rotated"), now));
}

TEST_CASE(
    "a key set gives no key for another algorithm or use, none with its private half, and no kid twice") {
  const Vectors* given = vectors();
  if (!given) return;

  CHECK(given->keys("today").keys.size() == 2);
  for (const char* name : {"relabelled", "for_encryption", "with_private_half"}) {
    CAPTURE(name);
    CHECK(given->keys(name).keys.empty());
  }
  CHECK_FALSE(parse_jwks(given->all.at("key_sets").at("doubled_kid").as_string().c_str()));
}

TEST_CASE("whoever changes a token in transit breaks it") {
  const Vectors* given = vectors();
  if (!given) return;

  check_rows({{"tampered_payload_rs256", "signature"},
              {"tampered_signature_rs256", "signature"},
              {"other_spelling", "malformed"}},
             *given, clerk(*given));
  check_rows({{"tampered_payload_es256", "signature"},
              {"tampered_payload_hs256", "signature"},
              {"tampered_signature_es256", "signature"},
              {"tampered_signature_hs256", "signature"},
              {"truncated_signature_hs256", "signature"},
              {"zero_signature_es256", "signature"},
              {"wrong_ec_key", "signature"},
              {"der_signature", "signature"}},
             *given, supabase(*given));
}

TEST_CASE("what two readers could read differently is refused although it is signed") {
  const Vectors* given = vectors();
  if (!given) return;

  check_rows({{"doubled_claim", "malformed"},
              {"doubled_claim_escaped", "malformed"},
              {"doubled_claim_within", "malformed"},
              {"doubled_header", "malformed"},
              {"claims_as_list", "malformed"},
              {"claims_not_json", "malformed"},
              {"claims_with_tail", "malformed"},
              {"critical", "malformed"},
              {"wrong_type", "malformed"},
              {"padded_header", "malformed"},
              {"padded_signature", "malformed"},
              {"four_parts", "malformed"},
              {"two_parts", "malformed"},
              {"trailing_newline", "malformed"}},
             *given, clerk(*given));
}

TEST_CASE("a token has at most 16 KiB") {
  const Vectors* given = vectors();
  if (!given) return;

  check_rows({{"large", "accepted"}, {"huge", "too-large"}}, *given, clerk(*given));
}
