#include "net/chunked.h"

#include <algorithm>
#include <charconv>

#include "net/request_head.h"

namespace ringdown {
namespace {

constexpr std::size_t line_bytes_max = 256;
constexpr std::size_t trailer_bytes_max = 4096;
constexpr std::size_t size_digits_max = 15;

std::unexpected<HttpRefusal> refuse(std::string text) {
  return std::unexpected(HttpRefusal{400, std::move(text)});
}

bool is_extension_char(char c) {
  return c == '\t' || (c >= 0x20 && c < 0x7f);
}

std::expected<std::uint64_t, HttpRefusal> check_size_line(std::string_view line) {
  const auto digits_end = std::min(line.find(';'), line.size());
  const std::string_view digits = line.substr(0, digits_end);
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
  if (digits.empty() || digits.size() > size_digits_max || error != std::errc{} ||
      end != digits.data() + digits.size()) {
    return refuse("a chunk size is not a plain hex number");
  }
  if (!std::ranges::all_of(line.substr(digits_end), is_extension_char)) {
    return refuse("a chunk extension has a control character");
  }
  return size;
}

}  // namespace

std::expected<std::size_t, HttpRefusal> ChunkedBody::push(std::string_view arrived, std::string& payload) {
  std::size_t used = 0;
  while (used < arrived.size() && !done()) {
    if (state_ == State::data) {
      const auto piece =
          arrived.substr(used, static_cast<std::size_t>(std::min<std::uint64_t>(left_, arrived.size())));
      payload.append(piece);
      used += piece.size();
      left_ -= piece.size();
      if (left_ == 0) state_ = State::data_end;
      continue;
    }

    const char c = arrived[used++];
    line_ += c;
    if (line_.size() > line_bytes_max) return refuse("a chunk line is too long");
    if (c != '\n') continue;
    if (!line_.ends_with("\r\n")) return refuse("a chunk line does not end with CR LF");

    const auto taken = take_line(std::string_view(line_).substr(0, line_.size() - 2));
    if (!taken) return std::unexpected(taken.error());
    line_.clear();
  }
  return used;
}

std::expected<void, HttpRefusal> ChunkedBody::take_line(std::string_view line) {
  switch (state_) {
    case State::size_line: {
      const auto size = check_size_line(line);
      if (!size) return std::unexpected(size.error());
      left_ = *size;
      state_ = left_ == 0 ? State::trailer : State::data;
      return {};
    }
    case State::data_end:
      if (!line.empty()) return refuse("a chunk is longer than its size");
      state_ = State::size_line;
      return {};
    case State::trailer: {
      if (line.empty()) {
        state_ = State::done;
        return {};
      }
      trailer_bytes_ += line.size();
      if (trailer_bytes_ > trailer_bytes_max) return refuse("the trailers are too large");
      const auto fields = check_fields(std::string(line) + "\r\n", 1);
      if (!fields) return std::unexpected(fields.error());
      return {};
    }
    case State::data:
    case State::done: break;
  }
  return {};
}

}  // namespace ringdown
