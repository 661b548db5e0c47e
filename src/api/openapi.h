// The description of the API (OpenAPI 3.1), built once from the route tables.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "api/route.h"

namespace ringdown {

std::string describe_api(std::span<const RouteTable>, std::string_view version);

}  // namespace ringdown
