#include "base/ids.h"

#include "base/text.h"

namespace ringdown {

Uuid uuid_v7(Time now, std::array<std::uint64_t, 2> chance) {
  const auto millis =
      static_cast<std::uint64_t>(std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count());

  Uuid uuid;
  for (std::size_t i = 0; i < 6; ++i) uuid.bytes[i] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
  for (std::size_t i = 6; i < 16; ++i) {
    uuid.bytes[i] = static_cast<std::uint8_t>(chance[i / 8 % 2] >> (8 * (i % 8)));
  }
  uuid.bytes[6] = static_cast<std::uint8_t>(0x70 | (uuid.bytes[6] & 0x0f));
  uuid.bytes[8] = static_cast<std::uint8_t>(0x80 | (uuid.bytes[8] & 0x3f));
  return uuid;
}

Uuid uuid_v7(Time now, std::uint16_t place, std::uint64_t chance) {
  Uuid uuid = uuid_v7(now, {0, chance});
  uuid.bytes[6] = static_cast<std::uint8_t>(0x70 | place >> 8);
  uuid.bytes[7] = static_cast<std::uint8_t>(place);
  return uuid;
}

std::string to_text(const Uuid& uuid) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(36, '-');
  std::size_t at = 0;
  for (const std::uint8_t byte : uuid.bytes) {
    if (at == 8 || at == 13 || at == 18 || at == 23) ++at;
    text[at++] = digits[byte >> 4];
    text[at++] = digits[byte & 15];
  }
  return text;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;

  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash_here = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash_here != (text[i] == '-')) return std::nullopt;
    if (!dash_here) digits += text[i];
  }
  const auto bytes = from_hex(digits);
  if (!bytes) return std::nullopt;

  Uuid uuid;
  std::copy(bytes->begin(), bytes->end(), uuid.bytes.begin());
  return uuid;
}

}  // namespace ringdown
