// What is to be heard on one call, from its answer on, in the callee's time: words and tones, not yet sound.
// On the loop of the calls.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/voice.h"

namespace ringdown::sandbox {

enum class Who { callee, us };

struct Utterance {
  enum class Kind { words, key, beep, played };

  Kind kind = Kind::words;
  Who who = Who::us;
  Span at{};
  Span until = Span::max();  // it is cut off there, or ends by itself
  Voice voice = Voice::slt;
  std::string text{};  // the words, or the key
};

class Soundtrack {
 public:
  void say(Span at, Who, Voice, std::string_view text);
  void add(Utterance);
  void hush(Span at, Who);  // whatever they were saying

  Span busy_until(Who who) const { return busy_until_[static_cast<std::size_t>(who)]; }
  const std::vector<Utterance>& all() const { return all_; }

 private:
  std::vector<Utterance> all_;
  std::size_t letters_ = 0;
  std::array<Span, 2> busy_until_{};
};

}  // namespace ringdown::sandbox
