// Why a lead is not called, at this moment: what every rule of the gate says, without writing anything.
#pragma once

#include "flow/gate.h"

namespace ringdown::flow {

struct WhyNot {
  Verdict dial;
  std::optional<Verdict> place;  // of the campaign, where there is one
  std::optional<CampaignId> campaign;
  std::string rulebook;
  Time calling_at;
};

// Of a campaign, or of the default one. `is_paused`: dialing is, on the whole instance.
Result<WhyNot> why_not(Tx&, const Engine&, WorkspaceKind, LeadId, std::optional<CampaignId>, bool is_paused,
                       Time now);

// A lead's place in a lane, whether it has one there or not.
LinePlace place_of(LaneId, LeadId, const std::string& phone);

}  // namespace ringdown::flow
