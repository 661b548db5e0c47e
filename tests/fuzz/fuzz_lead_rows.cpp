// The first row names columns, the others are leads: what is read is tidy, keeps the rules, and comes back
// the same from an export.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/csv.h"
#include "base/csv_writer.h"
#include "domain/lead_rows.h"

namespace {

using namespace ringdown;

const RowRules in_us{.region = "US"};

void must(bool holds) {
  if (!holds) std::abort();
}

std::vector<std::string_view> views(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

void must_come_back(const LeadFields& lead) {
  static const LeadMapping mapping = guess_lead_mapping(export_columns());
  const std::vector<std::string> cells = to_cells(lead, "");
  const auto again = read_lead_row(views(cells), mapping, in_us);
  must(again && again->fields == lead);
}

void must_be_sound(const LeadRow& row) {
  must(tidied(row.fields) == row.fields);
  must(read_json<LeadFields>(write_json(row.fields)) == row.fields);
  if (row.consent) must(read_json<ConsentFields>(write_json(*row.consent)) == *row.consent);
  must_come_back(row.fields);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  CsvReader reader;
  if (!reader.push({reinterpret_cast<const char*>(data), size}) || !reader.finish()) return 0;

  const CsvRow* head = reader.next();
  if (!head) return 0;
  const auto mapping = settle_lead_mapping(head->cells);
  if (!mapping) return 0;
  must(read_json<LeadMapping>(write_json(*mapping)) == *mapping);

  while (const CsvRow* cells = reader.next()) {
    if (!cells->problem.empty()) continue;
    if (const auto row = read_lead_row(cells->cells, *mapping, in_us)) must_be_sound(*row);
  }
  return 0;
}
