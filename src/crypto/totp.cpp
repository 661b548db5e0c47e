#include "crypto/totp.h"

#include <fmt/format.h>

#include <array>

#include "crypto/base32.h"
#include "crypto/random.h"

namespace ringdown::crypto {
namespace {

constexpr Span step_length = 30s;
constexpr std::size_t secret_size = 20;
constexpr std::size_t recovery_size = 10;

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").contains(c);
    if (plain) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

}  // namespace

Bytes new_totp_secret() {
  return random_bytes(secret_size);
}

std::string otpauth_uri(std::span<const std::uint8_t> secret, std::string_view account) {
  return "otpauth://totp/Ringdown:" + percent_encoded(account) + "?secret=" + to_base32(secret) +
         "&issuer=Ringdown&algorithm=SHA1&digits=6&period=30";
}

std::string totp_code(std::span<const std::uint8_t> secret, std::int64_t step) {
  std::array<std::uint8_t, 8> counter;
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
  }
  const ShortDigest code = hmac_sha1(secret, counter);

  // RFC 4226, 5.3: the last four bits say where the number is taken from.
  const std::size_t offset = code.back() & 0x0f;
  const std::uint32_t number = static_cast<std::uint32_t>(code[offset] & 0x7f) << 24 |
                               static_cast<std::uint32_t>(code[offset + 1]) << 16 |
                               static_cast<std::uint32_t>(code[offset + 2]) << 8 | code[offset + 3];
  return fmt::format("{:06}", number % 1'000'000);
}

std::optional<std::int64_t> match_totp(std::span<const std::uint8_t> secret, std::string_view code, Time now,
                                       std::optional<std::int64_t> last_used) {
  const std::int64_t current = now.time_since_epoch() / step_length;
  for (std::int64_t step = current - 1; step <= current + 1; ++step) {
    const bool spent = last_used && step <= *last_used;
    if (!spent && constant_time_equal(totp_code(secret, step), code)) return step;
  }
  return std::nullopt;
}

std::vector<std::string> new_recovery_codes(std::size_t count) {
  std::vector<std::string> codes;
  while (codes.size() < count) {
    std::string code = lowered(to_base32(random_bytes(recovery_size)));
    for (std::size_t hyphen : {12, 8, 4}) code.insert(hyphen, 1, '-');
    codes.push_back(std::move(code));
  }
  return codes;
}

TokenHash hash_of_recovery_code(std::string_view typed) {
  std::string code = lowered(typed);
  std::erase_if(code, [](char c) { return std::string_view(" \t-").contains(c); });
  return hash_of_token(code);
}

}  // namespace ringdown::crypto
