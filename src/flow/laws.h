// What forbids: pauses, cancellations, numbers not to be called. Each comes back only when no request that it
// forbids can begin any more; those that are out already are taken back at once.
#pragma once

#include "flow/act.h"
#include "flow/engine.h"

namespace ringdown::flow {

Task<Result<void>> pause_campaign(Engine, Workspace, Act, CampaignId);
Task<Result<Call>> cancel_call(Engine, Workspace, Act, CallId);

// Puts numbers onto the list of those not to be called: every call to them that waits is canceled, those that
// are out are to end.
Task<void> opt_out(Engine, Workspace, Act, std::vector<std::string> phones, std::string source,
                   std::string reason);

// The same as part of a unit, after whose commit comes until_none_begins. How many were not on the list.
std::int64_t block_in(Tx&, const Act&, std::vector<std::string> phones, const std::string& source,
                      const std::optional<std::string>& reason);
Task<void> until_none_begins(Db&, Clock&, Workspace);

// Of the whole instance.
Task<void> pause_dialing(Engine, std::string why);

}  // namespace ringdown::flow
