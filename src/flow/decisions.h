// Keeps what the gate said, and for a call that somebody asked for, tells them.
#pragma once

#include "flow/gate.h"
#include "store/calls.h"

namespace ringdown::flow {

// To be written with store::add_decisions.
store::DecisionRecord decision_of(const Candidate&, const Verdict&, const Gate&, Chance&, Time now);

// Where the verdict puts somebody who waits.
LinePlace placed_by(LinePlace, const Verdict&, Time calling_now);

// Whether somebody of ours, who is at the phone already, would wait for longer than anybody does. Then the
// call is off.
bool stands_rep_up(const Candidate&, const Verdict&, Time calling_now);
void call_off(Tx&, const Engine&, const Candidate&, const Verdict&, Time now);

// The gate refuses a call that somebody asked for: it is over, and says so.
void refuse_call(Tx&, const Engine&, Candidate&, const Verdict&, Time now);

}  // namespace ringdown::flow
