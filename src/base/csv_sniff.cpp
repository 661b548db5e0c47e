#include "base/csv_sniff.h"

#include <array>
#include <vector>

namespace ringdown {
namespace {

using namespace std::string_view_literals;

struct Kind {
  std::string_view begins;
  std::string_view advice;
};

constexpr std::array kinds = {
    Kind{"\xd0\xcf\x11\xe0"sv, "this is an Excel workbook; save it as CSV first"},
    Kind{"%PDF-"sv, "this is a PDF; export the table as CSV first"},
    Kind{"\x1f\x8b"sv, "this file is packed with gzip; unpack it first"},
    Kind{"BZh"sv, "this file is packed with bzip2; unpack it first"},
    Kind{"\xfd"
         "7zXZ"sv,
         "this file is packed with xz; unpack it first"},
    Kind{"7z\xbc\xaf"sv, "this is a 7-Zip archive; unpack it first"},
    Kind{"Rar!"sv, "this is a RAR archive; unpack it first"},
    Kind{"{\\rtf"sv, "this is a text document; save its table as CSV first"},
    Kind{"\x89PNG"sv, "this is a picture; a table of text is needed"},
    Kind{"SQLite format 3"sv, "this is a database; export its table as CSV first"},
};

std::string advice_on_zip(std::string_view zip) {
  if (zip.contains("xl/")) return "this is an Excel workbook; save it as CSV first";
  if (zip.contains("opendocument.spreadsheet"))
    return "this is an OpenDocument spreadsheet; save it as CSV first";
  if (zip.contains("[Content_Types].xml"))
    return "this is an office document, an Excel workbook perhaps; save it as CSV first";
  return "this is a zip archive; unpack it, and take the CSV file in it";
}

constexpr std::array delimiters = {Delimiter::comma, Delimiter::semicolon, Delimiter::tab, Delimiter::pipe};
using Counts = std::array<std::size_t, delimiters.size()>;

constexpr std::size_t rows_looked_at = 20;

std::size_t index_of(char c) {
  std::size_t i = 0;
  while (i < delimiters.size() && to_char(delimiters[i]) != c) ++i;
  return i;
}

// How often each delimiter stands outside quotes, row by row; the last row may be cut.
std::vector<Counts> count_delimiters(std::string_view text) {
  std::vector<Counts> rows(1);
  bool quoted = false, at_cell = true, row_is_empty = true;
  for (const char c : text) {
    if (c == '"' && (quoted || at_cell)) {
      quoted = !quoted;
      at_cell = true;  // so that a doubled quote opens again
      row_is_empty = false;
      continue;
    }
    if (quoted) continue;

    if (c == '\n' || c == '\r') {
      if (!row_is_empty) rows.emplace_back();
      if (rows.size() > rows_looked_at) break;
      at_cell = row_is_empty = true;
      continue;
    }
    const std::size_t which = index_of(c);
    at_cell = which < delimiters.size();
    if (at_cell) ++rows.back()[which];
    row_is_empty = false;
  }
  if (rows.size() > 1) rows.pop_back();
  return rows;
}

std::size_t rows_like_the_first(const std::vector<Counts>& rows, std::size_t which) {
  std::size_t alike = 0;
  for (const Counts& row : rows) alike += row[which] == rows.front()[which];
  return alike;
}

}  // namespace

std::string no_table_because(std::string_view first_piece) {
  if (first_piece.starts_with("PK\x03\x04")) return advice_on_zip(first_piece);
  for (const Kind& kind : kinds) {
    if (first_piece.starts_with(kind.begins)) return std::string(kind.advice);
  }
  return {};
}

char to_char(Delimiter delimiter) {
  switch (delimiter) {
    case Delimiter::comma: return ',';
    case Delimiter::semicolon: return ';';
    case Delimiter::tab: return '\t';
    case Delimiter::pipe: return '|';
  }
  return ',';
}

Delimiter guess_delimiter(std::string_view decoded) {
  const std::vector<Counts> rows = count_delimiters(decoded);
  std::size_t best = 0;
  for (std::size_t i = 1; i < delimiters.size(); ++i) {
    const auto rank = [&](std::size_t which) {
      const std::size_t in_first = rows.front()[which];
      return std::pair(in_first == 0 ? 0 : rows_like_the_first(rows, which), in_first);
    };
    if (rank(i) > rank(best)) best = i;
  }
  return delimiters[best];
}

}  // namespace ringdown
