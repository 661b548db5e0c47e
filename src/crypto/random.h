// Randomness that nobody can guess, and comparison that tells nobody how far it came. For sessions, keys,
// invitations and set-up codes; what must be repeatable in a test takes ports/chance instead.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/text.h"

namespace ringdown::crypto {

Bytes random_bytes(std::size_t count);

std::string random_token(std::size_t bytes = 32);  // base64url, at least 16 bytes of it

// Takes as long for a near miss as for a far one; texts of different lengths are told apart at once.
bool constant_time_equal(std::span<const std::uint8_t>, std::span<const std::uint8_t>);
bool constant_time_equal(std::string_view, std::string_view);

}  // namespace ringdown::crypto
