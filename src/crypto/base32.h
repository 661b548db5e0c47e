// Base32 as authenticator apps write it: capitals, no padding.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/text.h"

namespace ringdown::crypto {

std::string to_base32(std::span<const std::uint8_t>);
std::optional<Bytes> from_base32(std::string_view);  // either case; strict about everything else

}  // namespace ringdown::crypto
