// Somebody from outside says that it is time: leads are looked for and called now, in every workspace.
#pragma once

#include "ports/clock.h"
#include "ports/db.h"

namespace ringdown::flow {

// How often work that was to wait waits no longer.
Task<std::int64_t> hurry_everywhere(Db&, Clock&);

}  // namespace ringdown::flow
