// The routes about calls and who is called, and what they share.
#pragma once

#include "api/route.h"
#include "flow/engine.h"

namespace ringdown {

extern const RouteTable campaign_routes;
extern const RouteTable automation_routes;
extern const RouteTable carrier_account_routes;
extern const RouteTable call_routes;
extern const RouteTable why_not_routes;
extern const RouteTable cron_routes;
extern const RouteTable transcript_routes;
extern const RouteTable recording_routes;
extern const RouteTable rep_phone_routes;

// What dials here; unavailable where nothing does.
Result<flow::Engine> engine_of(const Asked&);

// Money, as people write it.
double whole_units(std::int64_t micros);

}  // namespace ringdown
