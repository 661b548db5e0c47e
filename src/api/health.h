// Is the process there, and can it work? Open to everybody, so neither answer says more than that.
#pragma once

#include "api/route.h"

namespace ringdown {

extern const RouteTable health_routes;

}  // namespace ringdown
