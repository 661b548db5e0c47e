#include "app/token_issuers.h"

#include <doctest/doctest.h>

using namespace ringdown;
using crypto::Algorithm;

namespace {

using Flags = std::map<std::string, std::vector<std::string>>;

constexpr const char* long_secret = "5f1c09a7de24f5586b0e88a4c1a97d20f3b1";

Reading reading_of(Flags flags) {
  return read_config({std::move(flags), {}, {}});
}

TrustedIssuer only_one(Flags flags) {
  const Reading reading = reading_of(std::move(flags));
  REQUIRE(reading.complaints.empty());
  auto issuers = token_issuers(reading.config);
  REQUIRE(issuers.size() == 1);
  return issuers.front();
}

std::string complaint_about(Flags flags) {
  const Reading reading = reading_of(std::move(flags));
  return reading.complaints.empty() ? "" : to_text(reading.complaints.front());
}

}  // namespace

TEST_CASE("nobody's tokens are believed unless somebody is configured") {
  CHECK(token_issuers(reading_of({}).config).empty());
}

TEST_CASE("the algorithms of an issuer follow from what is configured, never from a token") {
  const std::vector<std::string> issuer{"https://project.example.com/auth/v1"};

  const auto keys = only_one({{"supabase_issuer", issuer}});
  CHECK(keys.keys_url == "https://project.example.com/auth/v1/.well-known/jwks.json");
  CHECK(keys.issuer.algorithms == std::vector{Algorithm::es256, Algorithm::rs256});
  CHECK(keys.issuer.audience == "authenticated");
  CHECK(keys.issuer.iss == issuer.front());

  const auto secret = only_one({{"supabase_issuer", issuer}, {"supabase_jwt_secret", {long_secret}}});
  CHECK(secret.keys_url.empty());
  CHECK(secret.issuer.algorithms == std::vector{Algorithm::hs256});

  const auto both = only_one({{"supabase_issuer", issuer},
                              {"supabase_jwt_secret", {long_secret}},
                              {"supabase_jwks_url", {"https://keys.example.com/set"}}});
  CHECK(both.keys_url == "https://keys.example.com/set");
  CHECK(both.issuer.algorithms == std::vector{Algorithm::hs256, Algorithm::es256, Algorithm::rs256});

  const auto clerk =
      only_one({{"clerk_issuer", {"https://clerk.example.com/"}},
                {"clerk_authorized_parties", {"https://a.example.com", "https://b.example.com/"}}});
  CHECK(clerk.keys_url == "https://clerk.example.com/.well-known/jwks.json");
  CHECK(clerk.issuer.iss == "https://clerk.example.com/");
  CHECK(clerk.issuer.algorithms == std::vector{Algorithm::rs256});
  CHECK(clerk.issuer.authorized_parties ==
        std::vector<std::string>{"https://a.example.com", "https://b.example.com"});
}

TEST_CASE("half an issuer, or one that proves nothing, is a complaint about the setting to mend") {
  struct Row {
    Flags flags;
    std::string says;
  };
  const std::string pem = "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQ";
  for (const Row& row : {
           Row{{{"supabase_jwt_secret", {long_secret}}},
               "supabase_jwt_secret (from --supabase-jwt-secret): says nothing"},
           Row{{{"supabase_jwks_url", {"https://x.example.com"}}}, "supabase_jwks_url"},
           Row{{{"clerk_jwks_url", {"https://x.example.com"}}}, "clerk_jwks_url"},
           Row{{{"clerk_issuer", {"https://x.example.com"}}}, "needs clerk_authorized_parties beside it"},
           Row{{{"supabase_issuer", {"https://x.example.com"}},
                {"supabase_jwt_secret", {std::string(20, 'a') + "bcd"}}},
               "below 32 characters"},
           Row{{{"supabase_issuer", {"https://x.example.com"}}, {"supabase_jwt_secret", {pem}}},
               "a public key as its secret"},
           Row{{{"supabase_issuer", {"http://10.0.0.7/auth/v1"}}},
               "supabase_jwks_url (from default): keys of supabase"},
           Row{{{"supabase_issuer", {"ftp://x.example.com"}}}, "is no web address"},
           Row{{{"supabase_issuer", {"https://u:p@x.example.com"}}}, "is no web address"},
       }) {
    CAPTURE(row.says);
    CHECK(complaint_about(row.flags).contains(row.says));
  }
  CHECK(complaint_about({{"supabase_issuer", {"http://127.0.0.1:54321/auth/v1"}}}).empty());
}
