// The public half of a provider's signing key, checked once and ready for many signatures. A key knows the
// one algorithm it may be used with, so nothing in a token can turn it into something else. Safe to share
// among threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/text.h"

namespace ringdown::crypto {

enum class Algorithm { hs256, rs256, es256 };

const char* to_text(Algorithm);                              // as a token's header writes it
std::optional<Algorithm> parse_algorithm(std::string_view);  // exactly so, "none" least of all

class PublicKey {
 public:
  // Big-endian numbers. Nothing for a modulus outside of 2048 to 8192 bits, an exponent that is even, below 3
  // or above 32 bits, or a point that is not on P-256.
  static std::optional<PublicKey> rsa(std::span<const std::uint8_t> modulus,
                                      std::span<const std::uint8_t> exponent);
  static std::optional<PublicKey> p256(std::span<const std::uint8_t> x, std::span<const std::uint8_t> y);

  Algorithm algorithm() const;

  // RS256: PKCS#1 v1.5. ES256: r and s, 32 bytes each, as tokens carry them; OpenSSL's own DER form is
  // refused.
  bool verifies(std::string_view message, std::span<const std::uint8_t> signature) const;

 private:
  struct Prepared;
  explicit PublicKey(std::shared_ptr<const Prepared> prepared);

  std::shared_ptr<const Prepared> prepared_;
};

}  // namespace ringdown::crypto
