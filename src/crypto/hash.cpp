#include "crypto/hash.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/expect.h"

namespace ringdown::crypto {
namespace {

template <class Code>
Code hmac(const EVP_MD* digest, std::span<const std::uint8_t> key, std::span<const std::uint8_t> message) {
  static constexpr std::uint8_t no_key = 0;  // OpenSSL takes a null key for "the same key as before"
  const std::uint8_t* key_bytes = key.empty() ? &no_key : key.data();

  Code code;
  unsigned length = 0;
  const auto* made = HMAC(digest, key_bytes, static_cast<int>(key.size()), message.data(), message.size(),
                          code.data(), &length);
  expect(made != nullptr && length == code.size(), "OpenSSL makes an HMAC of the size that was asked for");
  return code;
}

}  // namespace

Digest sha256(std::span<const std::uint8_t> message) {
  Digest digest;
  unsigned length = 0;
  const int done = EVP_Digest(message.data(), message.size(), digest.data(), &length, EVP_sha256(), nullptr);
  expect(done == 1 && length == digest.size(), "OpenSSL makes a SHA-256");
  return digest;
}

Sha256::Sha256() : state_(EVP_MD_CTX_new()) {
  expect(state_ != nullptr && EVP_DigestInit_ex(state_, EVP_sha256(), nullptr) == 1,
         "OpenSSL begins a SHA-256");
}

Sha256::~Sha256() {
  EVP_MD_CTX_free(state_);
}

void Sha256::add(std::span<const std::uint8_t> piece) {
  expect(EVP_DigestUpdate(state_, piece.data(), piece.size()) == 1, "OpenSSL goes on with a SHA-256");
}

Digest Sha256::digest() {
  Digest digest;
  unsigned length = 0;
  const int done = EVP_DigestFinal_ex(state_, digest.data(), &length);
  expect(done == 1 && length == digest.size(), "OpenSSL makes a SHA-256");
  return digest;
}

Digest hmac_sha256(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message) {
  return hmac<Digest>(EVP_sha256(), key, message);
}

ShortDigest hmac_sha1(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message) {
  return hmac<ShortDigest>(EVP_sha1(), key, message);
}

TokenHash hash_of_token(std::string_view token) {
  return {sha256(bytes_of(token))};
}

}  // namespace ringdown::crypto
