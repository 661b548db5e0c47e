// A password from whoever sits at the machine: never in a flag, where the process list and the shell's
// history show it.
#pragma once

#include <istream>
#include <string>

#include "base/result.h"

namespace ringdown {

// At a terminal it is asked for twice and not shown; from a pipe it is the first line.
Result<std::string> read_new_password(std::istream&);

}  // namespace ringdown
