#include "crypto/random.h"

#include "crypto/base64.h"
#include "crypto/sodium.h"

namespace ringdown::crypto {
namespace {

constexpr std::size_t token_bytes_min = 16;

}  // namespace

Bytes random_bytes(std::size_t count) {
  ready_sodium();
  Bytes bytes(count);
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string random_token(std::size_t bytes) {
  expect(bytes >= token_bytes_min, "a token has at least 128 random bits");
  return to_base64url(random_bytes(bytes));
}

bool constant_time_equal(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool constant_time_equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace ringdown::crypto
