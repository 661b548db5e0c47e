// Tokens that Supabase and Clerk have signed: pure verification, any thread, no network. The algorithm is the
// issuer's as configured; a token can only agree with it or be refused.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "base/enums.h"
#include "base/result.h"
#include "base/time.h"
#include "crypto/issuer.h"
#include "crypto/jwks.h"

namespace ringdown::crypto {

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

// Who a token says has signed it, before anything is proved: only to choose with whom to verify it.
std::optional<std::string> claimed_issuer(std::string_view token);

std::expected<Claims, TokenRefusal> verify(std::string_view token, const Issuer&, const KeySet&, Time now,
                                           Span skew = 5s);

}  // namespace ringdown::crypto
