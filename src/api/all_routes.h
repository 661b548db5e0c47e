// Every table of the product, for whoever serves them all and whoever tests them all.
#pragma once

#include <vector>

#include "api/route.h"

namespace ringdown {

std::vector<RouteTable> all_routes();

}  // namespace ringdown
