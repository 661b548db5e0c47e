// The law as the configuration has it: the built-in rule packs, and what the operator puts in their place.
#pragma once

#include "app/config.h"
#include "domain/rulebook.h"

namespace ringdown {

// Throws Breakage that names file, line and key of what is wrong: half a law is no law.
Rulebook open_rulebook(const Config&);

}  // namespace ringdown
