// Moments as Twilio writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace ringdown::sandbox {

Time now();
std::string mail_moment(Time);                         // Tue, 31 Aug 2010 20:36:28 +0000
std::optional<Time> parse_day(std::string_view text);  // 2010-08-31, or a whole moment in that form

}  // namespace ringdown::sandbox
