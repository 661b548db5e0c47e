// The bare way of leads into PostgreSQL: COPY as the superuser, on one connection. Either into a table
// without indexes, which gets the one by number and name at the end, or into the product's own with all it
// keeps. The rows are what the product made of a file, held as COPY wants them before the clock runs.
#pragma once

#include <string>
#include <vector>

#include "tests/bench/peers/lead_inserts.h"

namespace ringdown::bench {

using CopiedRows = std::vector<std::string>;  // lines of COPY's text format

CopiedRows rows_of_table(const std::string& url, const std::string& table);

// The database at `url` has the product's schema and nothing in it. Leaves the CPU time to the caller.
Load copy_leads(const std::string& url, const CopiedRows& workspaces, const CopiedRows& leads, LeadIndexes);

}  // namespace ringdown::bench
