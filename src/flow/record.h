// The one door through which everything that happens to a call comes in: it is written down, judged, and its
// consequences are saved with it. Called by the sender, the webhooks, the reconciler and conversations.
#pragma once

#include <string>

#include "flow/engine.h"

namespace ringdown::flow {

// What is recorded under a key a second time changes nothing. Empty: it cannot come twice.
using EventKey = std::string;

// The call as it is now; not_found where the workspace has none.
Task<Result<Call>> record(Engine, Workspace, CallId, EventKey, CallEvent);

// The same as part of a unit of the workspace.
Result<Call> record_in(Tx&, const Engine&, CallId, const EventKey&, const CallEvent&, Time now);
Result<Call> record_in(Tx&, Chance&, const EnginePolicy&, CallId, const EventKey&, const CallEvent&,
                       Time now);

}  // namespace ringdown::flow
