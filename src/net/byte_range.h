// Which part of an answer a client wants: the Range header.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ringdown {

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t count = 0;  // nothing: the part lies behind the end

  bool operator==(const ByteRange&) const = default;
};

// Of so many bytes. Nothing where the whole is to be sent: several parts, other units and nonsense are passed
// over.
std::optional<ByteRange> parse_range(std::string_view header, std::uint64_t size);

}  // namespace ringdown
