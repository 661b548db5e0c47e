#include "base/charset.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace ringdown {
namespace {

constexpr char16_t replacement = 0xfffd;

// What Windows-1252 has from 0x80 to 0x9f; the five holes stay control characters.
constexpr std::array<char16_t, 32> windows_specials = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178};

std::uint8_t as_byte(char c) {
  return static_cast<std::uint8_t>(c);
}

void append(std::string& out, char32_t code) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (code >> shift & 0x3f)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xc0 | code >> 6);
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xe0 | code >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xf0 | code >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

void append_windows(std::string& out, std::uint8_t byte) {
  append(out, byte >= 0x80 && byte < 0xa0 ? windows_specials[byte - 0x80] : byte);
}

// Text in letters of Europe has its NULs on one side of every unit. None where it has too few to tell.
std::optional<Charset> wide_charset(std::string_view piece) {
  std::size_t at_even = 0, at_odd = 0;
  for (std::size_t i = 0; i + 1 < piece.size(); i += 2) {
    at_even += piece[i] == 0;
    at_odd += piece[i + 1] == 0;
  }
  const std::size_t enough = std::max<std::size_t>(2, piece.size() / 10);
  if (at_odd >= enough && at_even <= at_odd / 10) return Charset::utf_16le;
  if (at_even >= enough && at_odd <= at_even / 10) return Charset::utf_16be;
  return std::nullopt;
}

bool looks_like_utf8(std::string_view piece, bool is_whole_file) {
  constexpr std::size_t cut_bytes_max = 3;  // of a code point that the end of the piece cuts
  std::size_t whole = 0, broken = 0;
  while (!piece.empty()) {
    const std::size_t length = code_point_length(piece);
    const bool may_be_cut = !is_whole_file && piece.size() <= cut_bytes_max;
    whole += length > 1;
    broken += length == 0 && piece.front() != 0 && !may_be_cut;
    piece.remove_prefix(std::max<std::size_t>(1, length));
  }
  return broken <= whole;
}

}  // namespace

CharsetGuess guess_charset(std::string_view first_piece, bool is_whole_file) {
  if (first_piece.starts_with("\xef\xbb\xbf")) return {Charset::utf_8, 3};
  if (first_piece.starts_with("\xff\xfe")) return {Charset::utf_16le, 2};
  if (first_piece.starts_with("\xfe\xff")) return {Charset::utf_16be, 2};

  if (const auto wide = wide_charset(first_piece)) return {*wide, 0};
  return {looks_like_utf8(first_piece, is_whole_file) ? Charset::utf_8 : Charset::windows_1252, 0};
}

void CharsetDecoder::decode(std::string_view bytes, std::string& out) {
  switch (charset_) {
    case Charset::utf_8: out += bytes; break;
    case Charset::windows_1252:
      for (const char c : bytes) append_windows(out, as_byte(c));
      break;
    case Charset::utf_16le:
    case Charset::utf_16be:
      for (const char c : bytes) take_wide(c, out);
      break;
  }
}

void CharsetDecoder::take_wide(char byte, std::string& out) {
  if (!first_byte_) {
    first_byte_ = byte;
    return;
  }
  const bool little = charset_ == Charset::utf_16le;
  const std::uint8_t high = as_byte(little ? byte : *first_byte_);
  const std::uint8_t low = as_byte(little ? *first_byte_ : byte);
  first_byte_.reset();
  take_unit(static_cast<char16_t>(high << 8 | low), out);
}

void CharsetDecoder::take_unit(char16_t unit, std::string& out) {
  const bool is_high = unit >= 0xd800 && unit < 0xdc00;
  const bool is_low = unit >= 0xdc00 && unit < 0xe000;

  if (high_half_ != 0 && is_low) {
    append(out, 0x10000 + (char32_t{high_half_} - 0xd800) * 0x400 + (char32_t{unit} - 0xdc00));
    high_half_ = 0;
    return;
  }
  if (high_half_ != 0) append(out, replacement);
  high_half_ = is_high ? unit : 0;
  if (!is_high) append(out, is_low ? replacement : unit);
}

void CharsetDecoder::finish(std::string& out) {
  if (high_half_ != 0) append(out, replacement);
  if (first_byte_) append(out, replacement);
  high_half_ = 0;
  first_byte_.reset();
}

std::int64_t source_bytes(Charset charset, std::string_view decoded) {
  if (charset == Charset::utf_8) return static_cast<std::int64_t>(decoded.size());

  const auto code_points = std::ranges::count_if(decoded, [](char c) { return (as_byte(c) & 0xc0) != 0x80; });
  if (charset == Charset::windows_1252) return code_points;

  const auto pairs = std::ranges::count_if(decoded, [](char c) { return as_byte(c) >= 0xf0; });
  return (code_points + pairs) * 2;
}

std::string mended_utf8(std::string_view text) {
  std::string mended;
  mended.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = code_point_length(text);
    if (length == 0)
      append_windows(mended, as_byte(text.front()));
    else
      mended += text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(1, length));
  }
  return mended;
}

}  // namespace ringdown
