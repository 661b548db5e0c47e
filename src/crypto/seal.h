// Secrets at rest: XChaCha20-Poly1305 under a key of the ring. What is sealed knows where it belongs; moved
// to another row, name or workspace, it does not open.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/result.h"
#include "base/text.h"
#include "crypto/key_ring.h"

namespace ringdown::crypto {

struct Place {
  Uuid workspace;    // all zero for what belongs to the instance
  std::string name;  // "twilio.auth_token", a recording's id …

  Bytes bytes() const;  // one spelling per place
};

Bytes seal(std::string_view secret, const Place&, const KeyRing&);

// Refused (unavailable) when the ring lacks the key, and (invalid) when the bytes were changed, cut or moved.
Result<std::string> open_sealed(std::span<const std::uint8_t> sealed, const Place&, const KeyRing&);

// Was it sealed with a key that is no longer the newest?
bool needs_reseal(std::span<const std::uint8_t> sealed, const KeyRing&);

}  // namespace ringdown::crypto
