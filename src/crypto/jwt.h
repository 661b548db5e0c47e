// Tokens that Supabase and Clerk have signed: pure verification, any thread, no network. The algorithm is the
// issuer's as configured; a token can only agree with it or be refused.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enums.h"
#include "base/result.h"
#include "base/time.h"
#include "crypto/jwks.h"

namespace ringdown::crypto {

enum class IssuerKind { supabase, clerk };

struct Issuer {
  std::string name;  // what messages call it
  IssuerKind kind;
  std::string iss;
  std::vector<Algorithm> algorithms;
  std::optional<std::string> audience;          // asked for only where it is set
  std::vector<std::string> authorized_parties;  // where there are any, azp must be one of them
  std::optional<std::string> hs256_secret;
};

// Is the configuration one that verify can be trusted with? To be asked when it is read.
Result<void> judge_issuer(const Issuer&);

// What a good token says. Users are found by issuer and subject; the e-mail address is what its owner typed,
// so it must never connect a token to an existing account.
struct Claims {
  std::string subject;
  std::optional<std::string> email;
  std::optional<std::string> session;
  Time expires_at;
};

enum class TokenFault {
  too_large,
  malformed,
  algorithm,    // not configured, or not that of the key
  unknown_key,  // the caller may fetch the key set once (should_refetch) and verify again
  signature,
  expired,
  not_yet,  // nbf or iat lies ahead
  issuer,
  audience,
  party,
  subject,
  pending,  // Clerk: the sign-in is not complete
};
BOOST_DESCRIBE_ENUM(TokenFault, too_large, malformed, algorithm, unknown_key, signature, expired, not_yet,
                    issuer, audience, party, subject, pending)

struct TokenRefusal {
  TokenFault fault;
  std::string text;  // for the log and the caller; nothing of the token is in it

  Failure failure() const { return {Reason::unauthenticated, text, {}}; }
};

std::expected<Claims, TokenRefusal> verify(std::string_view token, const Issuer&, const KeySet&, Time now,
                                           Span skew = 5s);

}  // namespace ringdown::crypto
