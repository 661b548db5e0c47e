// Which workspace a word on the command line means.
#pragma once

#include <string>
#include <vector>

#include "store/people.h"

namespace ringdown {

std::vector<store::WorkspaceRecord> every_workspace(Tx&);

// By its id or its name; without either the only one there is. In a unit of the instance.
Result<store::WorkspaceRecord> meant_workspace(Tx&, const std::string& wanted);

}  // namespace ringdown
