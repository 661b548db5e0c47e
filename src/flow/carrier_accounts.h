// Gives workspaces the carrier accounts that the configuration has for them: a rehearsal those of the sandbox
// alone, a live one none of these.
#pragma once

#include <string>
#include <vector>

#include "domain/workspace.h"
#include "flow/engine.h"

namespace ringdown::flow {

struct AccountOffer {
  WorkspaceKind workspaces = WorkspaceKind::rehearsal;
  std::string kind;  // by which the edge finds its credentials
  std::string name;
  std::vector<std::string> caller_ids;
  int calls_per_second = 1;
  int live_calls_max = 10;
};

// Looks for new workspaces without end.
Task<void> keep_offering_accounts(Engine, std::vector<AccountOffer>);

}  // namespace ringdown::flow
