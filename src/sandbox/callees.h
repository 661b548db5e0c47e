// The people behind the numbers: who answers how, the same for the same seed. Nobody real: whoever is called
// here exists in this file only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/enums.h"
#include "base/time.h"
#include "sandbox/chance.h"

namespace ringdown::sandbox {

enum class Fate {
  human,      // answers and listens to the end
  hangs_up,   // answers and is gone after a moment
  machine,    // a mailbox with a greeting
  busy,       // 486
  no_answer,  // rings until somebody gives up
  invalid,    // 404: there is no such number
  declined,   // 603: the network does not put it through
  opts_out    // answers, and presses the key that takes them off the list once they are told of it
};
BOOST_DESCRIBE_ENUM(Fate, human, hangs_up, machine, busy, no_answer, invalid, declined, opts_out)

struct Callee {
  Fate fate = Fate::human;
  Span picks_up_after{};  // of ringing
  Span talks_for{};       // with another person
  Span speaks_for{};      // onto a tape
  std::string presses{};  // once, where somebody asks for keys

  Span waits_for() const;  // somebody to talk with

  // The key that they press now that they heard this, if any.
  std::optional<char> presses_on(std::string_view said) const;
};

class Callees {
 public:
  explicit Callees(std::uint64_t seed) : seed_(seed) {}

  void set(std::string number, Fate fate) { fixed_[std::move(number)] = fate; }
  void set_presses(std::string number, std::string keys) { presses_[std::move(number)] = std::move(keys); }
  Callee at(std::string_view number) const;

 private:
  std::uint64_t seed_;
  std::map<std::string, Fate, std::less<>> fixed_;
  std::map<std::string, std::string, std::less<>> presses_;
};

// Numbers whose last two digits promise a fate, for examples and documents: …0190 to …0197, in the enum's
// order.
std::optional<Fate> promised_fate(std::string_view number);

}  // namespace ringdown::sandbox
