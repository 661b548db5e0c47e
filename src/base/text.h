// Small questions about text that several files ask.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ringdown {

using Bytes = std::vector<std::uint8_t>;

std::string_view trimmed(std::string_view);
std::string lowered(std::string_view);  // ASCII only
std::string folded(std::string_view);   // lower case in Latin, Greek and Cyrillic letters too, for comparing
std::vector<std::string_view> split(std::string_view, char separator);

std::string to_hex(std::span<const std::uint8_t>);
std::optional<Bytes> from_hex(std::string_view);  // either case; nothing for an odd or foreign character

// How many bytes the code point at the front takes; 0 for NUL and where it is not well formed.
std::size_t code_point_length(std::string_view not_empty);

// Is it UTF-8 without overlong forms, surrogates or NUL? Both databases refuse anything else.
bool is_clean_utf8(std::string_view);

// The candidate that was probably meant, for "did you mean …"; nothing when none is near.
std::optional<std::string_view> closest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace ringdown
