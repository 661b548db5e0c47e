#include "crypto/base32.h"

namespace ringdown::crypto {
namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

std::optional<std::uint32_t> value_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  const auto value = letters.find(c);
  if (value == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint32_t>(value);
}

}  // namespace

std::string to_base32(std::span<const std::uint8_t> bytes) {
  std::string text;
  std::uint32_t bits = 0;
  int held = 0;
  for (std::uint8_t byte : bytes) {
    bits = bits << 8 | byte;
    for (held += 8; held >= 5; held -= 5) text += letters[bits >> (held - 5) & 31];
  }
  if (held > 0) text += letters[bits << (5 - held) & 31];
  return text;
}

std::optional<Bytes> from_base32(std::string_view text) {
  Bytes bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (char c : text) {
    const auto value = value_of(c);
    if (!value) return std::nullopt;
    bits = bits << 5 | *value;
    held += 5;
    if (held >= 8) {
      held -= 8;
      bytes.push_back(static_cast<std::uint8_t>(bits >> held));
    }
  }
  const bool spare_letter = held >= 5;
  const bool spare_bits = (bits & ((1u << held) - 1)) != 0;
  if (spare_letter || spare_bits) return std::nullopt;
  return bytes;
}

}  // namespace ringdown::crypto
