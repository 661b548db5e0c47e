// The leg to one of ours who is to talk on a call: may their phone be rung now, and by which request. Part of
// the unit that claims.
#pragma once

#include <variant>

#include "domain/carrier_account.h"
#include "flow/gate.h"

namespace ringdown::flow {

inline constexpr const char* rep_rule = "rep";

// The verdict about a call that could go out but for whoever is to talk on it.
Verdict wait_for_rep(Verdict allowed, Time until, std::string why);

// The phone to ring, or why that is not to be. `calls` are those that the account has out.
std::variant<std::string, Verdict> phone_to_ring(Tx&, const Gate&, const Candidate&, const Account&,
                                                 int calls, Verdict allowed, Time now);

// Complete but for the time of its request.
Call leg_to(const std::string& phone, const Call&, const Account&, Chance&, Time now);
PlaceRequest request_of_leg(const Call& leg, const CampaignRules&);

}  // namespace ringdown::flow
