// Finds the bytes that mean something in a table, sixty-four at a time; part of base/csv.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace ringdown {

class CsvMarks {
 public:
  explicit CsvMarks(char delimiter) : delimiter_(delimiter) {}

  // Where the next delimiter, quote, line break or NUL is, from `from` on; the end of the text without one.
  std::size_t next(std::string_view text, std::size_t from) {
    while (true) {
      if (from - block_ >= block_bytes) look_at(text, from);
      const std::uint64_t ahead = marks_ & ~std::uint64_t{0} << (from - block_);
      if (ahead != 0) return block_ + static_cast<std::size_t>(std::countr_zero(ahead));
      if (text.size() - block_ <= block_bytes) return text.size();
      from = block_ + block_bytes;
    }
  }

  void forget() { block_ = nowhere; }  // the text is another one now

 private:
  static constexpr std::size_t block_bytes = 64;
  static constexpr std::size_t lane_bytes = 16;
  static constexpr std::size_t nowhere = std::size_t{0} - block_bytes;

  using Lane = char __attribute__((ext_vector_type(lane_bytes)));
  using Flags = bool __attribute__((ext_vector_type(lane_bytes)));

  void look_at(std::string_view text, std::size_t from) {
    block_ = from;
    if (text.size() - from >= block_bytes) {
      marks_ = marks_of(text.data() + from);
      return;
    }
    char padded[block_bytes];
    std::memset(padded, ' ', block_bytes);
    std::memcpy(padded, text.data() + from, text.size() - from);
    marks_ = marks_of(padded);
  }

  std::uint64_t marks_of(const char* bytes) const {
    std::uint64_t marks = 0;
    for (std::size_t lane = 0; lane < block_bytes / lane_bytes; ++lane) {
      Lane text;
      std::memcpy(&text, bytes + lane * lane_bytes, lane_bytes);
      const auto found =
          (text == delimiter_) | (text == '"') | (text == '\n') | (text == '\r') | (text == '\0');
      const auto flags = std::bit_cast<std::uint16_t>(__builtin_convertvector(found, Flags));
      marks |= std::uint64_t{flags} << (lane * lane_bytes);
    }
    return marks;
  }

  char delimiter_;
  std::size_t block_ = nowhere;
  std::uint64_t marks_ = 0;
};

}  // namespace ringdown
