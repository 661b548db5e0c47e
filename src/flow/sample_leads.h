// Made-up leads for whoever tries the product: the first rehearsal workspace gets them, through an ordinary
// import, while it has neither leads nor files. The import stays when they are deleted, so they come once.
#pragma once

#include <string>

#include "ports/chance.h"
#include "ports/clock.h"
#include "ports/db.h"

namespace ringdown::flow {

struct Samples {
  Db& db;
  Clock& clock;
  Chance& chance;
  Uuid node;
  std::string csv;
};

// One look; false while there is no rehearsal workspace, or another node is at it: look again.
Task<bool> bring_samples(Samples);

// Looks until there is nothing more to bring.
Task<void> keep_bringing_samples(Samples);

}  // namespace ringdown::flow
