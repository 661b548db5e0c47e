// Cities as the store keeps them, many in one text: a line each, a tab between name, region, country,
// latitude, longitude, population and zone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/place_rows.h"

namespace ringdown {

void append_packed(std::string& out, const PlaceRow& city);

// Their texts are those of `packed`. What is no such line is a bug, or somebody else's doing.
std::vector<PlaceRow> unpack_places(std::string_view packed);

}  // namespace ringdown
