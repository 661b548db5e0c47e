// What forbids: pauses, cancellations, numbers not to be called. Each comes back only when no request that it
// forbids can begin any more; those that are out already are taken back at once.
#pragma once

#include "flow/act.h"
#include "flow/engine.h"

namespace ringdown::flow {

Task<Result<void>> pause_campaign(Engine, Workspace, Act, CampaignId);
Task<Result<Call>> cancel_call(Engine, Workspace, Act, CallId);

// Puts numbers onto the list of those not to be called and cancels every call to them that waits.
Task<void> opt_out(Engine, Workspace, Act, std::vector<std::string> phones, std::string source,
                   std::string reason);

// Of the whole instance.
Task<void> pause_dialing(Engine, std::string why);

}  // namespace ringdown::flow
