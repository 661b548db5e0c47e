// The bare way of leads into SQLite: one thread, one prepared INSERT, transactions of a thousand rows, with
// the product's pragmas and a checkpointer beside it as there. The rows are what the product made of a file,
// read from its store while the clock stands still.
#pragma once

#include <string>

#include "tests/bench/rounds.h"

namespace ringdown::bench {

enum class LeadIndexes { identity, all };  // the one by number and name, or every one that the product keeps

// `path` has the product's schema and nothing in it.
Load insert_leads(const std::string& product_path, const std::string& path, LeadIndexes);

}  // namespace ringdown::bench
