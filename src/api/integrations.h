// /api/integrations: the secrets of a workspace's providers. They go in and are never shown again.
#pragma once

#include "api/route.h"

namespace ringdown {

extern const RouteTable integration_routes;

}  // namespace ringdown
