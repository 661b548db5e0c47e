#include "crypto/sealed_head.h"

namespace ringdown::crypto {

Bytes sealed_head(SealedFormat format, std::uint32_t key_id) {
  return {static_cast<std::uint8_t>(format), static_cast<std::uint8_t>(key_id >> 24),
          static_cast<std::uint8_t>(key_id >> 16), static_cast<std::uint8_t>(key_id >> 8),
          static_cast<std::uint8_t>(key_id)};
}

std::optional<std::uint32_t> key_id_in(std::span<const std::uint8_t> sealed, SealedFormat format) {
  if (sealed.size() < sealed_head_size || sealed[0] != static_cast<std::uint8_t>(format)) return std::nullopt;

  std::uint32_t id = 0;
  for (std::size_t i = 1; i < sealed_head_size; ++i) id = id << 8 | sealed[i];
  return id;
}

}  // namespace ringdown::crypto
