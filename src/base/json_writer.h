// Writes JSON piece by piece at the end of a string. It keeps no text of its own: whoever streams a long
// answer may send and clear the string between two calls. Commas and escapes are its business, nesting the
// caller's.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/json_raw.h"

namespace ringdown {

inline constexpr std::size_t json_depth_max = 63;  // of brackets that are open at once

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_list() { open('['); }
  void end_list() { close(']'); }
  void key(std::string_view);

  void null() { raw("null"); }
  void boolean(bool truth) { raw(truth ? "true" : "false"); }
  void integer(std::int64_t);
  void unsigned_integer(std::uint64_t);
  void real(double);            // must be finite: JSON has no word for the rest
  void text(std::string_view);  // bytes that are no UTF-8 become U+FFFD: what we send is always JSON
  void raw(std::string_view json);

 private:
  void open(char bracket);
  void close(char bracket);
  void next_value();
  void quoted(std::string_view);

  std::string& out_;
  std::uint64_t filled_ = 0;  // a bit per open bracket: does it hold something yet?
  std::size_t depth_ = 0;
  bool after_key_ = false;
};

}  // namespace ringdown
