// Whose law counts for a call: every country and state the called person may be in, each with its reason.
#pragma once

#include <vector>

#include "domain/rulebook.h"
#include "domain/zones.h"

namespace ringdown {

std::vector<Jurisdiction> jurisdictions_of(const ZoneFacts&, const Places&, const AreaCodes&);

}  // namespace ringdown
