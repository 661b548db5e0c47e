// One line per thing worth knowing: a fixed message and typed fields. Free text passes a scrubber that hides what
// looks like a phone number or an e-mail address; transcripts have no business here at all.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/enums.h"
#include "base/ids.h"
#include "base/time.h"

namespace ringdown::log {

enum class Level { debug, info, warn, error };
BOOST_DESCRIBE_ENUM(Level, debug, info, warn, error)

class Field {
 public:
  Field(std::string_view name, std::integral auto number) : name_(name), text_(std::to_string(number)) {}
  Field(std::string_view name, Time time) : name_(name), text_(to_text(time)) {}
  template <class Of>
  Field(std::string_view name, const Id<Of>& id) : name_(name), text_(to_text(id)) {}
  Field(std::string_view name, std::string_view free_text);  // scrubbed

  std::string_view name() const { return name_; }
  std::string_view text() const { return text_; }

 private:
  std::string_view name_;
  std::string text_;
};

using Fields = std::initializer_list<Field>;

// `message` is a constant of the code, so it is not scrubbed.
void debug(std::string_view message, Fields = {});
void info(std::string_view message, Fields = {});
void warn(std::string_view message, Fields = {});
void error(std::string_view message, Fields = {});

void set_level(Level);
bool shows(Level);  // for fields that are dear to make, on every request

// What the scrubber leaves of `text`: every run of seven or more digits (with the usual separators) becomes
// <number>, everything around an @ becomes <address>. UUIDs and RFC 3339 moments stay as they are.
std::string scrubbed(std::string_view text);

}  // namespace ringdown::log
