// The phones at which people take calls themselves: asked for, confirmed by keys pressed there, forgotten.
// Units of the workspace.
#pragma once

#include "domain/rep_phone.h"
#include "flow/act.h"
#include "flow/leads.h"

namespace ringdown::flow {

// It is rung as soon as the gate lets it. Whoever is there enters the code of that call.
Result<Call> ask_for_phone(Tx&, const Act&, const NumberDesk&, const std::string& phone);

// It is rung for nothing any more; fine where there is none.
Result<void> forget_phone(Tx&, const Act&);
void forget_phone_of(Tx&, const Act&, UserId);

}  // namespace ringdown::flow
