// Keeps what the gate said, and for a call that somebody asked for, tells them.
#pragma once

#include "flow/gate.h"
#include "store/calls.h"

namespace ringdown::flow {

// To be written with store::add_decisions.
store::DecisionRecord decision_of(const Candidate&, const Verdict&, const Gate&, Chance&, Time now);

// Where the verdict puts somebody who waits.
LinePlace placed_by(LinePlace, const Verdict&, Time calling_now);

// The gate refuses a call that somebody asked for: it is over, and says so.
void refuse_call(Tx&, Candidate&, const Verdict&, Time now);

}  // namespace ringdown::flow
