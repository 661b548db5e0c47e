// The routes about leads, and what they share.
#pragma once

#include "api/route.h"
#include "flow/leads.h"

namespace ringdown {

extern const RouteTable lead_routes;
extern const RouteTable pipeline_routes;
extern const RouteTable consent_routes;
extern const RouteTable dnc_routes;

// How numbers are read where the caller is; in a unit of the workspace.
flow::NumberDesk desk_of(const Asked&, Tx&);

}  // namespace ringdown
