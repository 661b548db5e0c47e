// Text in the encodings that tables arrive in, made UTF-8 piece by piece. What was guessed from the first
// piece holds for the whole file; a byte that does not fit later (a stray Latin-1 letter in UTF-8) can be
// read by itself as Windows-1252.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/enums.h"

namespace ringdown {

enum class Charset { utf_8, utf_16le, utf_16be, windows_1252 };
BOOST_DESCRIBE_ENUM(Charset, utf_8, utf_16le, utf_16be, windows_1252)

constexpr std::size_t charset_piece_bytes = 64 * 1024;  // what is looked at before the guess

struct CharsetGuess {
  Charset charset;
  std::size_t mark_bytes;  // of a byte order mark, to be left out

  bool operator==(const CharsetGuess&) const = default;
};

// By the mark; else by where the NULs are; else UTF-8 unless more of it is broken than whole.
CharsetGuess guess_charset(std::string_view first_piece, bool is_whole_file);

// UTF-8 passes through as it is, broken bytes included: whoever reads rows mends them row by row and can
// say so. An unpaired half of UTF-16 becomes U+FFFD.
class CharsetDecoder {
 public:
  explicit CharsetDecoder(Charset charset) : charset_(charset) {}

  void decode(std::string_view bytes, std::string& out);  // appends; keeps back at most three bytes
  void finish(std::string& out);                          // what was kept back is all there is

 private:
  void take_wide(char byte, std::string& out);
  void take_unit(char16_t unit, std::string& out);

  Charset charset_;
  std::optional<char> first_byte_;  // of a unit
  char16_t high_half_ = 0;          // of a pair
};

// How many bytes of the source became this part of the decoder's output.
std::int64_t source_bytes(Charset, std::string_view decoded);

// Bytes that are no UTF-8 are read as Windows-1252, the rest stays.
std::string mended_utf8(std::string_view);

}  // namespace ringdown
