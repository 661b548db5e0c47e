// The leg to one of ours who is to talk on a call: may their phone be rung now, and by which request. Part of
// the unit that claims.
#pragma once

#include <variant>

#include "domain/carrier_account.h"
#include "flow/gate.h"

namespace ringdown::flow {

inline constexpr const char* rep_rule = "rep";
inline constexpr int lines_with_rep = 2;
inline constexpr Span leg_outlasts_call = 5min;  // whoever talks is there before

// The verdict about a call that could go out but for whoever is to talk on it.
Verdict wait_for_rep(Verdict allowed, Time until, std::string why);

// The phone to ring, or why that is not to be.
std::variant<std::string, Verdict> phone_to_ring(Tx&, const Gate&, const Candidate&, const Account&,
                                                 Verdict allowed, Time now);

// Complete but for the time of its request.
Call leg_to(const std::string& phone, const Call&, std::optional<std::string> caller_id, Chance&, Time now);
PlaceRequest request_of_leg(const Call& leg, const CampaignRules&);

}  // namespace ringdown::flow
