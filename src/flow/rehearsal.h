// The calling clock of rehearsals: it begins on a Tuesday at ten in the morning and runs as fast as the
// instance is told to, so that retries and lawful hours can be seen in minutes.
#pragma once

#include "domain/calling_clock.h"
#include "ports/db.h"

namespace ringdown::flow {

// Winds it up where it does not run yet, or goes on at another speed from where it stands.
void wind_calling_clock(Tx&, double speed, Time now);

}  // namespace ringdown::flow
