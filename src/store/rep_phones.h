// The phones at which people take calls: units of the workspace.
#pragma once

#include "domain/rep_phone.h"
#include "ports/db.h"

namespace ringdown::store {

void save_rep_phone(Tx&, const RepPhone&);
std::optional<RepPhone> find_rep_phone(Tx&, UserId);
bool confirm_rep_phone(Tx&, UserId, CallId, Time now);  // false: they have another one by now
bool forget_rep_phone(Tx&, UserId);

}  // namespace ringdown::store
