// The attributes of TwiML elements, with Twilio's defaults where nothing readable is given.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "base/time.h"
#include "sandbox/call.h"
#include "sandbox/xml.h"

namespace ringdown::sandbox {

int number_of(const Element&, std::string_view name, int standard);
Span seconds_of(const Element&, std::string_view name, int standard);
bool flag_of(const Element&, std::string_view name, bool standard);
std::string text_of(const Element&, std::string_view name);

// The address under this name and the method under its companion's.
Target target_of(const Element&, std::string_view name, std::string_view method_name);

// Several in a row, with spaces in between.
std::set<std::string, std::less<>> words_of(const Element&, std::string_view name, std::string_view standard);

}  // namespace ringdown::sandbox
