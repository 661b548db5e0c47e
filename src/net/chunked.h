// The chunked coding of HTTP/1.1, read strictly: no sign, blank or 0x around a size, CR LF everywhere,
// bounded extensions and trailers, which are checked and dropped. Servers and clients push what arrives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "net/http.h"

namespace ringdown {

class ChunkedBody {
 public:
  // Appends the payload in `arrived` to `payload` and says how many bytes it used up: all of them, unless the
  // body ended before; what follows belongs to the next message.
  std::expected<std::size_t, HttpRefusal> push(std::string_view arrived, std::string& payload);

  bool done() const { return state_ == State::done; }

 private:
  enum class State { size_line, data, data_end, trailer, done };

  std::expected<void, HttpRefusal> take_line(std::string_view line);

  State state_ = State::size_line;
  std::uint64_t left_ = 0;  // of the chunk
  std::string line_;        // the line so far
  std::size_t trailer_bytes_ = 0;
};

}  // namespace ringdown
