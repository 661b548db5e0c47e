// Files of leads, in and out.
#pragma once

#include "api/route.h"

namespace ringdown {

extern const RouteTable lead_import_routes;
extern const RouteTable lead_export_routes;

}  // namespace ringdown
