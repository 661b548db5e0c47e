// A look into the database of a world that is over, with statements of its own.
#pragma once

#include <vector>

#include "domain/line.h"
#include "ports/db.h"

namespace ringdown::sim {

std::vector<LinePlace> whole_line(Tx&);
std::vector<Call> all_calls(Tx&);
std::vector<Lead> all_leads(Tx&);

}  // namespace ringdown::sim
