#include "base/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "base/expect.h"
#include "base/text.h"

namespace ringdown {
namespace {

// What stands behind the backslash: 0 for what needs none, 'u' for a code.
constexpr std::array<char, 128> escapes = [] {
  std::array<char, 128> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = 'u';
  table['"'] = '"';
  table['\\'] = '\\';
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  return table;
}();

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
bool is_plain(char c) {
  return is_ascii(c) && escapes[static_cast<unsigned char>(c)] == 0;
}

// Whether eight bytes at once are plain: a byte's high bit stays clear where it is none of those that need
// care.
bool are_plain(const char* eight) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t highs = ones * 0x80;
  std::uint64_t word;
  std::memcpy(&word, eight, sizeof word);
  const auto has_zero = [](std::uint64_t bytes) { return (bytes - ones) & ~bytes; };
  const std::uint64_t controls = (word - ones * 0x20) & ~word;
  return ((word | controls | has_zero(word ^ (ones * '"')) | has_zero(word ^ (ones * '\\'))) & highs) == 0;
}

std::size_t plain_run(std::string_view text) {
  std::size_t run = 0;
  while (run + 8 <= text.size() && are_plain(text.data() + run)) run += 8;
  while (run < text.size() && is_plain(text[run])) ++run;
  return run;
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const char escape = escapes[static_cast<unsigned char>(c)];
  out += '\\';
  out += escape;
  if (escape != 'u') return;
  out += "00";
  out += digits[static_cast<unsigned char>(c) >> 4];
  out += digits[static_cast<unsigned char>(c) & 15];
}

void append_foreign(std::string& out, std::string_view beyond_ascii) {
  if (is_clean_utf8(beyond_ascii)) {
    out += beyond_ascii;
  } else {
    for (std::size_t i = 0; i < beyond_ascii.size(); ++i) out += "\ufffd";
  }
}

template <class Number>
std::string_view digits_of(Number number, std::array<char, 32>& buffer) {
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), end};
}

}  // namespace

void JsonWriter::key(std::string_view name) {
  next_value();
  quoted(name);
  out_ += ':';
  after_key_ = true;
}

void JsonWriter::integer(std::int64_t number) {
  std::array<char, 32> buffer;
  raw(digits_of(number, buffer));
}

void JsonWriter::unsigned_integer(std::uint64_t number) {
  std::array<char, 32> buffer;
  raw(digits_of(number, buffer));
}

void JsonWriter::real(double number) {
  expect(std::isfinite(number), "a number that is written as JSON is finite");
  std::array<char, 32> buffer;
  raw(digits_of(number, buffer));
}

void JsonWriter::text(std::string_view text) {
  next_value();
  quoted(text);
}

void JsonWriter::raw(std::string_view json) {
  next_value();
  out_ += json;
}

void JsonWriter::open(char bracket) {
  next_value();
  out_ += bracket;
  expect(depth_ < json_depth_max, "JSON is not written deeper than it can be read");
  ++depth_;
  filled_ &= ~(std::uint64_t{1} << depth_);
}

void JsonWriter::close(char bracket) {
  expect(depth_ > 0 && !after_key_, "a bracket is closed once, after its last value");
  --depth_;
  out_ += bracket;
}

void JsonWriter::next_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  const std::uint64_t here = std::uint64_t{1} << depth_;
  if (depth_ > 0 && (filled_ & here) != 0) out_ += ',';
  filled_ |= here;
}

void JsonWriter::quoted(std::string_view text) {
  out_ += '"';
  while (!text.empty()) {
    std::size_t run = plain_run(text);
    out_.append(text, 0, run);
    text.remove_prefix(run);
    if (text.empty()) break;

    if (is_ascii(text.front())) {
      append_escaped(out_, text.front());
      text.remove_prefix(1);
    } else {
      run = 1;
      while (run < text.size() && !is_ascii(text[run])) ++run;
      append_foreign(out_, text.substr(0, run));
      text.remove_prefix(run);
    }
  }
  out_ += '"';
}

}  // namespace ringdown
