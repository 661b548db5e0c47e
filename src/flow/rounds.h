// How the engine's rounds share work: each takes the workspaces in which work of its kind is due, one after
// the other, and sleeps until the next is.
#pragma once

#include <functional>

#include "flow/claim.h"

namespace ringdown::flow {

// The pause of the whole instance stands apart from every workspace: a round reads it beforehand, and what it
// knows of it holds so long. Whoever pauses waits as long before they trust that nobody claims any more.
inline constexpr Span pause_known_for = 1s;

// Does what is due in one workspace, in units of its own, and says in the store when more will be: with
// store::make_due_at, in the unit that looked.
using Round = std::function<Task<void>(const Engine&, const Desk&)>;

// Without end. What breaks in one workspace waits for its next round and holds up no other.
Task<void> keep_round(Engine, const char* work, Round);

}  // namespace ringdown::flow
