// JSON that is passed on as it is: a provider's payload, a tool's arguments. Its text is one JSON value.
#pragma once

#include <string>

namespace ringdown {

struct Json {
  std::string text;

  bool operator==(const Json&) const = default;
};

}  // namespace ringdown
