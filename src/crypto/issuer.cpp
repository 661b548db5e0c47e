#include "crypto/issuer.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace ringdown::crypto {
namespace {

constexpr std::size_t secret_bytes_min = 32;

bool looks_like_a_public_key(std::string_view secret) {
  return secret.contains("-----BEGIN") || trimmed(secret).starts_with('{');
}

}  // namespace

Result<void> judge_issuer(const Issuer& issuer) {
  const auto bad = [&](std::string_view why, const char* field) {
    return fail(Reason::invalid, "issuer " + issuer.name + " " + std::string(why), field);
  };
  const bool shares_secret =
      std::ranges::find(issuer.algorithms, Algorithm::hs256) != issuer.algorithms.end();

  if (issuer.iss.empty()) return bad("has no iss; give the URL its tokens name", "iss");
  if (issuer.algorithms.empty()) return bad("has no algorithm; name RS256, ES256 or HS256", "algorithms");
  if (shares_secret != issuer.hs256_secret.has_value()) {
    return bad("needs a secret exactly when HS256 is among its algorithms", "hs256_secret");
  }
  if (shares_secret && issuer.hs256_secret->size() < secret_bytes_min) {
    return bad("has a secret below 32 characters; give the project's JWT secret", "hs256_secret");
  }
  if (shares_secret && looks_like_a_public_key(*issuer.hs256_secret)) {
    return bad("has a public key as its secret; anybody could sign with that", "hs256_secret");
  }
  if (issuer.kind == IssuerKind::clerk && shares_secret) {
    return bad("is Clerk, which does not sign with HS256", "algorithms");
  }
  if (issuer.kind == IssuerKind::clerk && issuer.authorized_parties.empty()) {
    return bad("is Clerk and needs its authorized parties; list the origins of the front end",
               "authorized_parties");
  }
  return {};
}

}  // namespace ringdown::crypto
