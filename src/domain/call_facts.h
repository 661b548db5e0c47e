// What follows from the facts of a call: pure functions of them, so that no order of events matters.
#pragma once

#include "domain/call.h"
#include "domain/retry.h"

namespace ringdown {

CallStatus status_of(const Call&);                 // of any but a refused one
std::optional<Outcome> outcome_of(const Call&);    // nothing while it is not over, or was canceled
bool counts_as_attempt(const Call&);

// What the call makes of its lead, who has been tried so often.
LeadStatus lead_status_of(const Call&, const RetryPolicy&, int attempts);

std::int64_t reserved_by(const Call&);  // of a budget, while it is out
std::int64_t charged_by(const Call&);   // once it is over: the carrier's figure, or else what was reserved

}  // namespace ringdown
