// A seed as a test: what it simulates follows from it alone.
#pragma once

#include "sim/simulation.h"

namespace ringdown::test {

sim::SimulationOptions options_of_seed(std::uint64_t seed);
sim::Outlook simulated(const sim::SimulationOptions&);

// Nothing where every invariant holds; else which do not, and the command that shows it.
std::string complaint_about(const sim::SimulationOptions&, const sim::Outlook&);

}  // namespace ringdown::test
