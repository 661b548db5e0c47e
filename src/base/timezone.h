// Names of time zones as the machine's zone data knows them: "America/Chicago".
#pragma once

#include <string_view>

namespace ringdown {

bool is_timezone(std::string_view name);

}  // namespace ringdown
