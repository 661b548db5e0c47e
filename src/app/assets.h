// The data that people may edit (assets/), inside the program, so that it is there wherever the program is. A
// file of the same name in the folder of the setting `assets` takes the place of the built-in one.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace ringdown {

// Asking for one that src/app/assets.S does not list is a bug.
std::string_view built_in_asset(std::string_view name);

struct Asset {
  std::string origin;  // "places.csv", or the path of the file that took its place; for complaints
  std::string text;
};

// An empty folder: the built-in one.
Result<Asset> read_asset(std::string_view name, const std::string& folder);

}  // namespace ringdown
