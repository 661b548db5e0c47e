// What people do with campaigns and calls of their own, each as part of a unit of the workspace.
#pragma once

#include "base/json_patch.h"
#include "domain/automation.h"
#include "domain/campaign.h"
#include "domain/scheduled_call.h"
#include "flow/act.h"
#include "flow/leads.h"

namespace ringdown::flow {

Result<Campaign> add_campaign(Tx&, const Act&, const NumberDesk&, CampaignRules);
Result<Campaign> change_campaign(Tx&, const Act&, const NumberDesk&, CampaignId, const JsonPatch<CampaignRules>&);
Result<Campaign> start_campaign(Tx&, const Act&, CampaignId);

// The default one of the workspace, made where there is none.
Campaign automation(Tx&, const Act&);

// Sets it in the words of Automation, and starts it where they say so; pause_campaign pauses it.
Result<Campaign> set_automation(Tx&, const Act&, const JsonPatch<Automation>&);

// Durable and in line; the gate judges it when its moment comes.
Result<Call> schedule_call(Tx&, const Act&, const NumberDesk&, const ScheduledCall&);

// One that is complete but for its place in line.
void put_in_line(Tx&, const Call&, Time now);

// Where a queued call stands and, as far as the pace of the workspace's accounts tells, when it goes out at
// the earliest.
struct QueuePosition {
  int ahead = 0;
  std::optional<Time> not_before;
};
std::optional<QueuePosition> position_of(Tx&, const Call&, Time now);

}  // namespace ringdown::flow
