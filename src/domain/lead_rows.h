// Rows of cells ⇄ leads. Only a missing or unreadable phone makes a row invalid; any other cell that cannot
// be read is left out, and a note says so.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/consent.h"
#include "domain/lead.h"
#include "domain/lead_columns.h"

namespace ringdown {

struct RowRules {
  std::string region;  // where a number without a country code is at home, unless the row names a country
};

struct LeadRow {
  LeadFields fields;                    // tidied, the phone as +12125550123; no pipeline yet
  std::optional<std::string> pipeline;  // its name
  std::optional<ConsentFields> consent;
  std::vector<std::string> notes;  // what was left out, and why
};

bool is_blank_row(std::span<const std::string_view> cells);

// A failure says what is wrong with the row; its line is the caller's to add.
Result<LeadRow> read_lead_row(std::span<const std::string_view> cells, const LeadMapping&, const RowRules&);

// What an export writes, and an import of it reads back as the same leads.
std::span<const std::string_view> export_columns();
std::vector<std::string> to_cells(const LeadFields&, std::string_view pipeline_name);

}  // namespace ringdown
