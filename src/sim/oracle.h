// A second opinion on when people may be called: slow, by hand, and written without a look at the product's
// rules. It may know less than they do; what it forbids must never happen.
#pragma once

#include "base/time.h"
#include "sim/people.h"

namespace ringdown::sim {

// By the clock on the wall of wherever they may be, an artificial voice calling.
bool may_be_called_at(const Person&, Time);

}  // namespace ringdown::sim
