// Takes files of leads in, a stretch at a time, on whichever node gets to it. How far a file is read is
// written with what its rows did, so it goes on after any end of the process and no row is taken twice.
#pragma once

#include "base/csv.h"
#include "domain/atlas.h"
#include "domain/lead_rows.h"
#include "ports/chance.h"
#include "ports/clock.h"
#include "ports/db.h"
#include "store/imports.h"

namespace ringdown::flow {

struct ImportPolicy {
  std::size_t rows_per_unit = 500;
  Span lease = 60s;
  Span nap = 1s;  // between looks for files while there are none
};

// What is kept with an import about its columns.
struct ImportColumns {
  WantedColumns wanted;
  std::optional<LeadMapping> settled;  // once the headers are read
};
BOOST_DESCRIBE_STRUCT(ImportColumns, (), (wanted, settled))

struct Importing {
  Db& db;
  Clock& clock;
  Chance& chance;
  const Atlas& atlas;
  Uuid node;
  ImportPolicy policy{};
};

// Works at the workspace's next file until it is in, or somebody else has it; false where there is none.
Task<bool> import_next(Importing, Workspace);

// Rounds without end.
Task<void> keep_importing(Importing);

}  // namespace ringdown::flow
