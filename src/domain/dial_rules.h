// May this number be dialed now? Asked in the transaction that places a call, by previews, and by "why not?".
#pragma once

#include "domain/dial_facts.h"
#include "domain/verdict.h"

namespace ringdown {

Verdict may_dial(const DialFacts&, const Rulebook&, Time now);

}  // namespace ringdown
