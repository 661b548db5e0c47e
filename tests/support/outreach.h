// A campaign that runs, with an account to call from, and leads who stand in its line with their consent.
#pragma once

#include "domain/campaign.h"
#include "domain/carrier_account.h"
#include "tests/support/stores.h"

namespace ringdown::test {

inline constexpr const char* outreach_from = "+12125550199";

struct Outreach {
  int leads = 1;
  int numbers = 1;  // which the leads share
  Campaign campaign{.id = nth<CampaignTag>(1), .state = CampaignState::running};
  Account account{.id = nth<AccountTag>(1),
                  .kind = "test",
                  .name = "a",
                  .caller_ids = {outreach_from},
                  .paused_until = {}};

  Outreach();
};

// The lead n, from 1 on, has number n, from 0 on: the first is +12125550100.
void begin(Db&, Workspace, const Outreach&, Time now);

}  // namespace ringdown::test
