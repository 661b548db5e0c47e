// What doctor looks at on the machine itself. The probes leave nothing behind; what is wrong comes as the end
// of a sentence that begins with the thing asked about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/config.h"
#include "app/doctor.h"

namespace ringdown {

std::optional<std::string> why_not_writable(
    const std::string& folder);                       // one that is missing must be creatable
std::uint64_t free_bytes(const std::string& folder);  // to this user
std::optional<std::string> why_not_readable(const std::string& file);
bool others_may_read(const std::string& file);
std::optional<std::string> why_not_bindable(const Endpoint&);
ClockFacts read_clocks();

}  // namespace ringdown
