// For the .cpp files of this folder only: what stands in front of everything sealed: a format byte and the
// key's id.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/text.h"

namespace ringdown::crypto {

enum class SealedFormat : std::uint8_t { value = 1, stream = 2 };

constexpr std::size_t sealed_head_size = 5;

Bytes sealed_head(SealedFormat, std::uint32_t key_id);

// The key's id; nothing when the bytes are shorter or of another format.
std::optional<std::uint32_t> key_id_in(std::span<const std::uint8_t> sealed, SealedFormat);

}  // namespace ringdown::crypto
