// Tokens and key sets that an independent signer (npm's jose) has made a moment ago. Needs node and npm; the
// package is installed into the build folder from the lock file beside this file, and from npm's cache where
// it can.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "crypto/jwt.h"

namespace ringdown::test {

// The moment at which the good tokens are good.
inline constexpr std::int64_t vectors_seconds = 1'795'168'800;
inline constexpr Time vectors_now = Time{std::chrono::seconds(vectors_seconds)};

struct Vectors {
  std::string missing;  // why there are none
  boost::json::value all;

  std::string text(const char* name) const { return all.at(name).as_string().c_str(); }
  std::string issuer(const char* name) const { return all.at("issuers").at(name).as_string().c_str(); }
  std::string token(const char* name) const { return all.at("tokens").at(name).as_string().c_str(); }
  std::string key_set(const char* name) const { return all.at("key_sets").at(name).as_string().c_str(); }
  crypto::KeySet keys(const char* name) const { return crypto::parse_jwks(key_set(name)).value(); }
};

// Nothing where they cannot be made here; the test is then skipped, and says why.
const Vectors* vectors();

crypto::Issuer supabase(const Vectors&);
crypto::Issuer clerk(const Vectors&);

}  // namespace ringdown::test
