// TwiML as what a callee goes through: what is heard, asked for, dialed, and what comes next.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.h"
#include "sandbox/call.h"
#include "sandbox/conference_plan.h"

namespace ringdown::sandbox {

struct Sound {
  enum class Of { words, file };

  Span time{};
  std::string said{};  // nothing: silence
  Of of = Of::words;
};

struct Gather {
  std::vector<Sound> prompts{};
  Span wait{5s};
  Target action{};  // no address: the same document
  bool takes_keys = true;
  std::size_t digits_max = 100;
  std::optional<char> finish_key = '#';
  bool goes_on_empty = false;
};

struct NumberPlan {
  std::string to{};
  Target on_status{};
  std::set<std::string, std::less<>> events{"completed"};
};

struct Dial {
  Target action{};  // no address: the next step
  Span ring_time{30s};
  Span time_limit{4h};
  std::string caller_id{};  // none: as the caller's own
  std::optional<ConferencePlan> conference{};
  std::vector<NumberPlan> numbers{};  // all ring at once, and one gets through
};

struct Record {
  Target action{};  // no address: the same document
  Span length_max{3600s};
  Span silence{5s};
  std::string finish_keys = "1234567890*#";
  RecordingPlan plan{};
};

struct Connect {
  Target action{};  // no address: the next step
  std::string url{};
  std::string name{};
  Target on_status{};
  std::map<std::string, std::string> parameters{};
};

struct Redirect {
  Target target{};
};

struct HangUp {};

using Step = std::variant<Sound, Gather, Dial, Record, Connect, Redirect, HangUp>;

std::expected<std::vector<Step>, std::string> read_script(std::string_view twiml);

// The address of a Redirect, which may be relative to the document it stands in.
std::string resolved(std::string_view base, std::string_view address);

// What has been typed once somebody pressed these keys, and whether that ends the Gather.
struct Typed {
  std::string digits{};
  bool complete = false;
};
Typed typed(std::string_view keys, const Gather&);

}  // namespace ringdown::sandbox
