// The routes about leads, and what they share.
#pragma once

#include "api/route.h"
#include "flow/leads.h"

namespace ringdown {

extern const RouteTable lead_routes;
extern const RouteTable pipeline_routes;
extern const RouteTable place_routes;
extern const RouteTable consent_routes;
extern const RouteTable dnc_routes;

// How numbers are read where the caller is. Taken along by units of work, which may outlive their request.
struct DeskHere {
  const Numbering* numbering;
  WorkspaceKind kind;

  flow::NumberDesk operator()(Tx& tx) const { return flow::desk_here(tx, *numbering, kind); }
};
DeskHere desk_of(const Asked&);

}  // namespace ringdown
