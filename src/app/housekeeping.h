// The round that forgets what nobody needs any more: sessions past their end, limits of yesterday. On an io
// loop.
#pragma once

#include "net/loops.h"
#include "ports/clock.h"
#include "ports/db.h"

namespace ringdown {

// Begins at once and goes on until the loops end; every node may do it.
void start_housekeeping(const Loops&, Db&, Clock&);

}  // namespace ringdown
