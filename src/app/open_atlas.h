// The assets about numbers and places, as the configuration has them.
#pragma once

#include "app/config.h"
#include "domain/atlas.h"

namespace ringdown {

// Throws Breakage that names file, line and key of what is wrong.
Atlas open_atlas(const Config&);

}  // namespace ringdown
