// What a script says of a conference that a call joins.
#pragma once

#include <set>
#include <string>

#include "sandbox/call.h"

namespace ringdown::sandbox {

struct ConferencePlan {
  std::string name{};
  bool starts_it = true;  // nobody talks before one is there who does
  bool ends_it = false;   // by leaving
  std::size_t people_max = 250;
  Target on_change{};
  std::set<std::string, std::less<>> events{};  // start, end, join, leave
};

}  // namespace ringdown::sandbox
