#include "domain/row_outcome.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/csv_writer.h"

namespace ringdown {

std::string_view report_head() {
  return "line,result,reason\r\n";
}

void append_report_line(std::string& out, const RowOutcome& outcome) {
  const std::array<std::string, 3> cells = {fmt::format("{}", outcome.line), to_text(outcome.result),
                                            outcome.reason};
  append_csv_row(out, cells, CsvStyle::spreadsheet);
}

Result<RowOutcome> read_report_line(std::span<const std::string_view> cells) {
  const auto refused = [] { return fail(Reason::invalid, "a line of a report is line,result,reason"); };
  if (cells.size() != 3) return refused();

  RowOutcome outcome{.reason = std::string(cells[2])};
  const char* const end = cells[0].data() + cells[0].size();
  const auto [read_to, error] = std::from_chars(cells[0].data(), end, outcome.line);
  const auto result = parse_enum<RowResult>(cells[1]);
  if (error != std::errc{} || read_to != end || !result) return refused();
  outcome.result = *result;
  return outcome;
}

}  // namespace ringdown
