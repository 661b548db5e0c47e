// Campaigns and carrier accounts: units of the workspace.
#pragma once

#include <optional>
#include <vector>

#include "domain/campaign.h"
#include "domain/carrier_account.h"
#include "ports/db.h"

namespace ringdown::store {

bool add_campaign(Tx&, const Campaign&);   // false: it is to be the default one, and there is one
void save_campaign(Tx&, const Campaign&);  // what people and the product decide about it
std::optional<Campaign> find_campaign(Tx&, CampaignId);
std::optional<Campaign> campaign_to_change(Tx&, CampaignId);  // locked to the end of the unit
std::optional<Campaign> default_campaign(Tx&);
std::vector<Campaign> campaigns_page(Tx&, CampaignId behind, int limit);  // oldest first
std::vector<Campaign> running_campaigns(Tx&, int limit);                  // in the order of their priority
std::optional<CampaignId> campaign_of_pipeline(Tx&, PipelineId);             // any that calls it
void settle_campaign(Tx&, CampaignId, std::int64_t reserve, std::int64_t spend);
bool stop_campaign(Tx&, CampaignId, const std::string& why, Time now);

// The last lead that was lined up for it; nothing: its plan begins anew.
std::optional<LeadId> planned_to(Tx&, CampaignId);
void plan_from(Tx&, CampaignId, std::optional<LeadId>);

void add_account(Tx&, const Account&);
std::vector<Account> accounts(Tx&);
void save_account(Tx&, const Account&);  // what people set
void pace_account(Tx&, const Account&);
void save_health(Tx&, const Account&);

}  // namespace ringdown::store
