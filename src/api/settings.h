// /api/settings: what a workspace sets for itself.
#pragma once

#include "api/route.h"

namespace ringdown {

extern const RouteTable settings_routes;

}  // namespace ringdown
