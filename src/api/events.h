// GET /api/events: the changes of the caller's workspace as they happen (server-sent events).
#pragma once

#include "api/route.h"

namespace ringdown {

extern const RouteTable live_routes;

}  // namespace ringdown
