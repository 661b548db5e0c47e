// Base64 both ways, strict: one spelling per value. Missing or surplus padding, blanks, a foreign letter and
// bits that no byte needs are refused, so that nobody can write one token in two ways.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/text.h"

namespace ringdown::crypto {

std::string to_base64(std::span<const std::uint8_t>);
std::optional<Bytes> from_base64(std::string_view);

std::string to_base64url(std::span<const std::uint8_t>);  // without padding, as tokens write it
std::optional<Bytes> from_base64url(std::string_view);

}  // namespace ringdown::crypto
