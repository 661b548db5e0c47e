// Whoever changes what decides about a call says so here: those concerned are judged anew.
#pragma once

#include <span>

#include "domain/lead.h"
#include "domain/settings.h"
#include "ports/db.h"

namespace ringdown::flow {

// Leads that were added or changed by hand: into the lines of the campaigns that call them.
void line_up_changed(Tx&, std::span<const Lead>, Time now);

// Consents, the list of those not to be called, the carrier's word.
void judge_anew(Tx&, std::span<const std::string> phones, Time now);

// Settings: everybody is judged anew where the gate asks about one of those that changed.
void settings_changed(Tx&, const Settings& before, const Settings& after, Time now);

// Files brought leads: the planner looks for them.
void plan_soon(Tx&, Time now);

}  // namespace ringdown::flow
