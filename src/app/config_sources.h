// Gathers what the configuration is read from: the only place that asks the environment and opens the file.
#pragma once

#include "app/config.h"

namespace ringdown {

using Flags = std::map<std::string, std::vector<std::string>>;

Sources gather_sources(Flags);

}  // namespace ringdown
