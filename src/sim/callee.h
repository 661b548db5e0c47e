// Who is called, and what they do about it this time.
#pragma once

#include <optional>

#include "domain/call_event.h"
#include "sim/dice.h"

namespace ringdown::sim {

enum class Reaction { talks, machine, screening, busy, silent, unreachable, invalid, blocked };
BOOST_DESCRIBE_ENUM(Reaction, talks, machine, screening, busy, silent, unreachable, invalid, blocked)

struct Callee {
  Reaction reaction = Reaction::silent;
  Span picks_up_after{};
  Span talks_for{};
  std::optional<CallEvent> agreement{};  // what the conversation leads to
};

// `now`: for whoever asks to be called back.
Callee any_callee(Dice&, Time now);

}  // namespace ringdown::sim
