// Calls that people make to our numbers.
#pragma once

#include "flow/engine.h"
#include "ports/hook.h"

namespace ringdown::flow {

// The one that the carrier means, begun where we did not know of it: linked to whoever has the number, most
// recently called first. It ends nobody's place in line and counts as no attempt.
Result<CallId> call_of(Tx&, const Engine&, const Arrival&);

}  // namespace ringdown::flow
