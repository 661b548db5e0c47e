// What carriers report, and what they ask for while a call runs. Open to anybody whose request a carrier
// signed.
#pragma once

#include "api/route.h"

namespace ringdown {

extern const RouteTable hook_routes;

}  // namespace ringdown
