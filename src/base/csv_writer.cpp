#include "base/csv_writer.h"

#include <algorithm>

namespace ringdown {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// A lone empty cell would be an empty line, which readers pass over.
bool needs_quotes(std::string_view cell, bool is_alone) {
  if (cell.empty()) return is_alone;
  return is_blank(cell.front()) || is_blank(cell.back()) ||
         cell.find_first_of(",\"\r\n") != std::string_view::npos;
}

bool is_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").contains(cell.front());
}

void append_quoted(std::string& out, std::string_view cell) {
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_cell(std::string& out, std::string_view cell, bool is_alone) {
  if (needs_quotes(cell, is_alone))
    append_quoted(out, cell);
  else
    out += cell;
}

template <class Text>
void append_row(std::string& out, std::span<const Text> cells, CsvStyle style) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    if (style == CsvStyle::spreadsheet && is_formula(cells[i]))
      append_cell(out, "'" + std::string(cells[i]), false);
    else
      append_cell(out, cells[i], cells.size() == 1);
  }
  out += "\r\n";
}

}  // namespace

void append_csv_row(std::string& out, std::span<const std::string_view> cells, CsvStyle style) {
  append_row(out, cells, style);
}

void append_csv_row(std::string& out, std::span<const std::string> cells, CsvStyle style) {
  append_row(out, cells, style);
}

}  // namespace ringdown
