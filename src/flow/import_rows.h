// What a stretch of a file does to the leads: one unit of work of its import.
#pragma once

#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "domain/lead_rows.h"
#include "flow/leads.h"
#include "store/imports.h"

namespace ringdown::flow {

struct ReadRow {
  std::int64_t line;
  Result<LeadRow> row;
};

inline constexpr std::size_t rows_of_a_unit_max = 4096;  // that many ids sort within their moment

struct ImportedRows {
  std::int64_t created = 0, updated = 0, duplicate = 0, invalid = 0;
  std::string report;            // a CSV line for each: where it began, what came of it, why
  std::vector<std::string> met;  // whom a rehearsal would have made
};

// Who a file that only rehearses would have made, as far as it was read.
// lookup only
using Met = std::unordered_set<std::string>;

// Known leads are added to, unknown ones made; consents are kept, and whoever says dnc is blocked. An import
// that rehearses writes nothing and looks into `met` as well.
ImportedRows import_rows(Tx&, const Act&, const NumberDesk&, const store::Import&, std::span<const ReadRow>,
                         const Met& met);

}  // namespace ringdown::flow
