// Digests and message authentication codes. A bearer token is stored as its TokenHash, never as itself: who
// reads the database cannot sign in with what is there.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/text.h"

struct evp_md_ctx_st;  // OpenSSL's

namespace ringdown::crypto {

using Digest = std::array<std::uint8_t, 32>;
using ShortDigest = std::array<std::uint8_t, 20>;

inline std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Digest sha256(std::span<const std::uint8_t>);
// The same of what comes piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::span<const std::uint8_t>);
  Digest digest();  // once

 private:
  evp_md_ctx_st* state_;
};

Digest hmac_sha256(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message);
ShortDigest hmac_sha1(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message);

// Fit for tokens with 128 and more random bits only; a password needs hash_password.
struct TokenHash {
  Digest bytes;

  auto operator<=>(const TokenHash&) const = default;
};

TokenHash hash_of_token(std::string_view token);

}  // namespace ringdown::crypto
