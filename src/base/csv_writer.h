// Rows as RFC 4180 has them: commas, CR LF, quotes only where a reader would go wrong without.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace ringdown {

enum class CsvStyle {
  exact,
  spreadsheet  // a cell that a spreadsheet would take for a formula gets an apostrophe in front
};

void append_csv_row(std::string& out, std::span<const std::string_view> cells, CsvStyle = CsvStyle::exact);
void append_csv_row(std::string& out, std::span<const std::string> cells, CsvStyle = CsvStyle::exact);

}  // namespace ringdown
