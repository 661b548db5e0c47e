// TwiML as what a callee hears of it: for how long, what comes next, whether it ends.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "sandbox/call.h"

namespace ringdown::sandbox {

struct Step {
  enum class Kind { wait, go_on_at, hang_up };

  Kind kind = Kind::wait;
  Span time{};
  Target target{};                 // of another document
  std::string said{};              // what was to be heard
  std::optional<Target> on_key{};  // where it goes on once a key is pressed; no address: the same document
};

std::expected<std::vector<Step>, std::string> read_script(std::string_view twiml);

// The address of a Redirect, which may be relative to the document it stands in.
std::string resolved(std::string_view base, std::string_view address);

}  // namespace ringdown::sandbox
