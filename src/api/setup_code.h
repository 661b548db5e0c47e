// The code that makes the first owner. It is printed where only the machine's operator looks.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "ports/task.h"

namespace ringdown {

class Clock;
class Db;

// Case, blanks and hyphens do not matter.
Bytes hash_of_setup_code(std::string_view typed);

// A new code in place of any older one, on whichever node it was made; nothing once there is an owner.
Task<std::optional<std::string>> make_setup_code(Db&, Clock&);

}  // namespace ringdown
