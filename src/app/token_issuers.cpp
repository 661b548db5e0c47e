#include "app/token_issuers.h"

#include "app/config_values.h"
#include "net/url.h"

namespace ringdown {
namespace {

using crypto::Algorithm;

std::string keys_below(std::string_view issuer) {
  return std::string(issuer.substr(0, issuer.find_last_not_of('/') + 1)) + "/.well-known/jwks.json";
}

// With a shared secret alone no key set is asked for: such a project publishes an empty one.
TrustedIssuer supabase(const Config& config) {
  const auto& secret = config.supabase_jwt_secret;
  TrustedIssuer trusted{.issuer = {.name = "supabase",
                                   .kind = crypto::IssuerKind::supabase,
                                   .iss = config.supabase_issuer,
                                   .algorithms = {},
                                   .audience = config.supabase_audience,
                                   .authorized_parties = {},
                                   .hs256_secret = {}},
                        .keys_url = config.supabase_jwks_url};
  if (secret) {
    trusted.issuer.hs256_secret = secret->reveal();
    trusted.issuer.algorithms.push_back(Algorithm::hs256);
  } else if (trusted.keys_url.empty()) {
    trusted.keys_url = keys_below(config.supabase_issuer);
  }
  if (!trusted.keys_url.empty()) {
    trusted.issuer.algorithms.insert(trusted.issuer.algorithms.end(), {Algorithm::es256, Algorithm::rs256});
  }
  return trusted;
}

TrustedIssuer clerk(const Config& config) {
  const bool named = !config.clerk_jwks_url.empty();
  return {.issuer = {.name = "clerk",
                     .kind = crypto::IssuerKind::clerk,
                     .iss = config.clerk_issuer,
                     .algorithms = {Algorithm::rs256},
                     .audience = {},
                     .authorized_parties = config.clerk_authorized_parties,
                     .hs256_secret = {}},
          .keys_url = named ? config.clerk_jwks_url : keys_below(config.clerk_issuer)};
}

bool comes_in_clear(const std::string& url) {
  const auto parts = parse_url(url);
  return parts && !parts->secure && !is_loopback({parts->host, parts->port});
}

}  // namespace

std::vector<TrustedIssuer> token_issuers(const Config& config) {
  std::vector<TrustedIssuer> issuers;
  if (!config.supabase_issuer.empty()) issuers.push_back(supabase(config));
  if (!config.clerk_issuer.empty()) issuers.push_back(clerk(config));
  return issuers;
}

std::vector<IssuerProblem> problems_of_issuers(const Config& config) {
  std::vector<IssuerProblem> problems;
  for (const auto& [issuer, keys_url] : token_issuers(config)) {
    if (const auto judged = crypto::judge_issuer(issuer); !judged) {
      const bool secret = judged.error().field == "hs256_secret";
      problems.push_back({issuer.name + (secret ? "_jwt_secret" : "_issuer"), judged.error().text});
    }
    if (comes_in_clear(keys_url)) {
      problems.push_back(
          {issuer.name + "_jwks_url",
           "keys of " + issuer.name + " would come in clear, for anybody to change; use an https address"});
    }
  }
  return problems;
}

}  // namespace ringdown
