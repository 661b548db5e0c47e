// The atlas of this clone's assets/, made once for a test program.
#pragma once

#include "domain/atlas.h"

namespace ringdown::test {

const Atlas& atlas();

}  // namespace ringdown::test
