// Is the process there, and can it work? Open to everybody, so neither answer says more than that. How it
// does is for those with the token.
#pragma once

#include "api/route.h"

namespace ringdown {

extern const RouteTable health_routes;
extern const RouteTable metrics_routes;

}  // namespace ringdown
