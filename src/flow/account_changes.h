// The carrier accounts through which a workspace calls, each as part of a unit of the workspace.
#pragma once

#include "base/json_patch.h"
#include "domain/carrier_account.h"
#include "flow/act.h"
#include "flow/leads.h"

namespace ringdown::flow {

Result<Account> add_account(Tx&, const Act&, const NumberDesk&, const AccountFields&);
Result<Account> change_account(Tx&, const Act&, const NumberDesk&, AccountId,
                               const JsonPatch<AccountFields>&);

}  // namespace ringdown::flow
