// A provider's published signing keys (RFC 7517), and when to ask for them again. Fetching is the caller's;
// this is pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "crypto/public_key.h"

namespace ringdown::crypto {

struct NamedKey {
  std::string kid;
  PublicKey key;
};

struct KeySet {
  std::vector<NamedKey> keys;

  const PublicKey* find(std::string_view kid) const;
};

// At most 64 KiB and 32 keys. Keys that are not for us (another type, curve, use or algorithm) are left out,
// and so are weak ones and any that is published with its private half; a doubled kid refuses the whole set.
Result<KeySet> parse_jwks(std::string_view text);

// After an unknown kid: at most one question in 30 s, however many strangers send made-up tokens.
bool should_refetch(std::optional<Time> last_fetch, Time now);

// Without any unknown kid: a key that its owner has withdrawn must not be believed for ever.
bool is_stale(std::optional<Time> last_fetch, Time now);

}  // namespace ringdown::crypto
