// The rules that need no signer; tests/jwt judges the rest with tokens of an independent one.
#include "crypto/jwt.h"

#include <doctest/doctest.h>

#include "crypto/base64.h"
#include "crypto/hash.h"

using namespace ringdown;
using namespace ringdown::crypto;

namespace {

const Time now = from_micros(1'795'168'800'000'000);
const std::string secret = "a shared secret of the legacy kind, long enough";

Issuer supabase() {
  return {.name = "supabase",
          .kind = IssuerKind::supabase,
          .iss = "https://project.example.com/auth/v1",
          .algorithms = {Algorithm::hs256},
          .audience = {},
          .authorized_parties = {},
          .hs256_secret = secret};
}

Issuer clerk() {
  return {.name = "clerk",
          .kind = IssuerKind::clerk,
          .iss = "https://clerk.example.com",
          .algorithms = {Algorithm::rs256},
          .audience = {},
          .authorized_parties = {"https://dialer.example.com"},
          .hs256_secret = {}};
}

std::string field_refused(const Issuer& issuer) {
  const auto verdict = judge_issuer(issuer);
  return verdict ? "" : verdict.error().field;
}

std::string signed_token(std::string_view header, std::string_view claims) {
  const std::string text = to_base64url(bytes_of(header)) + "." + to_base64url(bytes_of(claims));
  return text + "." + to_base64url(hmac_sha256(bytes_of(secret), bytes_of(text)));
}

std::string good_claims(std::string_view more = "") {
  return R"({"iss":"https://project.example.com/auth/v1","sub":"ann","exp":1795172400)" + std::string(more) +
         "}";
}

std::expected<Claims, TokenRefusal> judged(std::string_view header, std::string_view claims) {
  return verify(signed_token(header, claims), supabase(), {}, now);
}

}  // namespace

TEST_CASE("an issuer is trusted only when its configuration leaves nothing open") {
  CHECK(judge_issuer(supabase()));
  CHECK(judge_issuer(clerk()));

  Issuer issuer = supabase();
  issuer.iss.clear();
  CHECK(field_refused(issuer) == "iss");
  issuer = supabase();
  issuer.algorithms.clear();
  CHECK(field_refused(issuer) == "algorithms");
  issuer = supabase();
  issuer.hs256_secret.reset();
  CHECK(field_refused(issuer) == "hs256_secret");
  issuer = supabase();
  issuer.hs256_secret = std::string(31, 's');
  CHECK(field_refused(issuer) == "hs256_secret");
  issuer = supabase();
  issuer.hs256_secret = R"( {"kty":"RSA","n":"0123456789012345678901234567890123456789"})";
  CHECK(field_refused(issuer) == "hs256_secret");
  issuer = supabase();
  issuer.algorithms = {Algorithm::es256};
  CHECK(field_refused(issuer) == "hs256_secret");
  issuer = clerk();
  issuer.authorized_parties.clear();
  CHECK(field_refused(issuer) == "authorized_parties");
  issuer = clerk();
  issuer.algorithms = {Algorithm::hs256};
  issuer.hs256_secret = secret;
  CHECK(field_refused(issuer) == "algorithms");
}

TEST_CASE("an issuer that was never judged is a bug, and signs nobody in") {
  Issuer issuer = clerk();
  issuer.authorized_parties.clear();

  CHECK_THROWS_AS((void)verify("a.b.c", issuer, {}, now), Breakage);
  CHECK_THROWS_AS((void)verify("a.b.c", clerk(), {}, now, 61s), Breakage);
}

TEST_CASE("a type is JWT or absent, in any case") {
  for (const char* header :
       {R"({"alg":"HS256"})", R"({"alg":"HS256","typ":"JWT"})", R"({"alg":"HS256","typ":"jwt"})"}) {
    CAPTURE(header);
    CHECK(judged(header, good_claims()));
  }
  for (const char* header :
       {R"({"alg":"HS256","typ":7})", R"({"alg":"HS256","typ":""})", R"({"alg":"HS256","crit":[]})",
        R"({"alg":["HS256"]})", R"(["HS256"])", "HS256", ""}) {
    CAPTURE(header);
    CHECK_FALSE(judged(header, good_claims()));
  }
}

TEST_CASE("an audience list with anything but text in it is no audience") {
  Issuer issuer = supabase();
  issuer.audience = "authenticated";
  const auto with = [&](std::string_view aud) {
    return verify(signed_token(R"({"alg":"HS256"})", good_claims(aud)), issuer, {}, now).has_value();
  };

  CHECK(with(R"(,"aud":"authenticated")"));
  CHECK(with(R"(,"aud":["a","authenticated"])"));
  CHECK_FALSE(with(R"(,"aud":["authenticated",7])"));
  CHECK_FALSE(with(R"(,"aud":[])"));
  CHECK_FALSE(with(R"(,"aud":null)"));
  CHECK_FALSE(with(R"(,"aud":{"authenticated":true})"));
}

TEST_CASE("claims nested beyond sixteen levels are refused, not followed") {
  const auto nested = [](std::size_t lists) {
    return good_claims(R"(,"x":)" + std::string(lists, '[') + std::string(lists, ']'));
  };

  CHECK(judged(R"({"alg":"HS256"})", nested(15)));
  CHECK_FALSE(judged(R"({"alg":"HS256"})", nested(16)));
}

TEST_CASE("a refusal is news that the caller may show: it quotes nothing of the token") {
  const auto refusal = verify("canary.canary.canary", supabase(), {}, now);

  REQUIRE_FALSE(refusal);
  CHECK(refusal.error().failure().reason == Reason::unauthenticated);
  CHECK(refusal.error().text == "token of supabase is not three parts of base64url");
}
