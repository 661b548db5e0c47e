#include "net/byte_range.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace ringdown {
namespace {

constexpr std::string_view unit = "bytes=";

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<ByteRange> parse_range(std::string_view header, std::uint64_t size) {
  if (!header.starts_with(unit)) return std::nullopt;
  const std::string_view part = trimmed(header.substr(unit.size()));
  const auto dash = part.find('-');
  if (dash == part.npos) return std::nullopt;

  const auto first = number_in(part.substr(0, dash));
  const auto last = number_in(part.substr(dash + 1));
  if (dash == 0) {  // so many at the end
    if (!last) return std::nullopt;
    const std::uint64_t count = std::min(*last, size);
    return ByteRange{size - count, count};
  }
  if (!first || (!last && dash + 1 < part.size()) || (last && *last < *first)) return std::nullopt;
  if (*first >= size) return ByteRange{size, 0};
  return ByteRange{*first, std::min(last.value_or(size - 1), size - 1) - *first + 1};
}

}  // namespace ringdown
