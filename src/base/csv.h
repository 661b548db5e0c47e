// Tables of text as RFC 4180 and the world write them: push bytes in pieces of any size, take rows. Encoding
// and delimiter are found by looking at the first piece. Bounded memory whatever arrives.
//
//   while (const CsvRow* row = reader.next()) …      // then push() more, at last finish() and next() again
//
// A row that cannot be read is one row with a problem. Where a quoted cell does not end as it should, reading
// goes on at the line after the one on which that cell began, so an open quote costs its own row and no
// other. A quote inside a cell that does not begin with one is a character like any other, as spreadsheets
// read it. Empty lines are passed over.
#pragma once

#include <boost/describe/class.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/charset.h"
#include "base/csv_marks.h"
#include "base/result.h"

namespace ringdown {

enum class Delimiter { comma, semicolon, tab, pipe };
BOOST_DESCRIBE_ENUM(Delimiter, comma, semicolon, tab, pipe)

// All that is needed to go on behind a row, with the bytes from `byte` on.
struct CsvPosition {
  Charset charset = Charset::utf_8;
  Delimiter delimiter = Delimiter::comma;
  std::int64_t byte = 0;  // of the source
  std::int64_t line = 1;

  bool operator==(const CsvPosition&) const = default;
};
BOOST_DESCRIBE_STRUCT(CsvPosition, (), (charset, delimiter, byte, line))

struct CsvLimits {
  std::size_t cell_bytes_max = 64 * 1024;  // as it stands in the file, but in UTF-8
  std::size_t row_bytes_max = 1024 * 1024;
  std::size_t columns_max = 1000;
};

struct CsvRow {
  std::int64_t line = 0;                      // where it begins, from 1
  std::span<const std::string_view> cells{};  // clean UTF-8; until the next push() or next()
  std::string problem{};                      // why there are no cells; empty for a good row
  bool mended = false;                        // bytes that were no UTF-8 were read as Windows-1252
};

class CsvReader {
 public:
  explicit CsvReader(CsvLimits limits = {});
  explicit CsvReader(const CsvPosition&, CsvLimits = {});

  // Fails where the file is no table at all: a workbook, an archive, nothing. Take the rows in between, or
  // the text piles up.
  Result<void> push(std::string_view bytes);
  Result<void> finish();

  const CsvRow* next();                            // nothing: more bytes are needed, or that was all
  CsvPosition position() const { return given_; }  // behind the row that next() gave

 private:
  enum class In { plain, quoted, after_quote };
  enum class Step { row, blank, broken, more_needed };
  struct Cell {
    std::size_t begin, end;
    bool quoted, doubled;
  };

  Result<void> begin(bool is_whole_file);
  void take(std::string_view bytes);
  void make_room();
  void begin_row(std::size_t at);

  Step scan();
  void take_plain_cells();
  bool is_beyond_bounds(std::size_t at) const;
  Step at_end(std::size_t at);
  bool take_mark(std::size_t at);
  bool end_cell(std::size_t at);
  Step end_row(std::size_t at, std::size_t behind);
  Step broken(std::string problem, std::size_t skim_from);
  Step broken_bound(std::size_t at);
  bool skim();

  const CsvRow* give_cells();
  const CsvRow* give_problem();
  std::string_view contents(const Cell&);
  void mend();
  bool awaits_line_feed(std::size_t at) const;
  std::size_t behind_line_break(std::size_t at) const;
  void pass(std::size_t end);

  CsvLimits limits_;

  // Where we are in the source.
  CsvPosition given_;
  CsvPosition at_;  // of row_begin_
  std::int64_t source_end_ = 0;
  bool begun_ = false;
  bool finished_ = false;
  std::string first_piece_;
  CharsetDecoder decoder_;

  // The text that is not a row yet, and how far it is understood.
  std::string text_;
  CsvMarks marks_;
  char delimiter_;
  std::size_t row_begin_ = 0;
  std::size_t cell_begin_ = 0;
  std::size_t scanned_ = 0;
  std::size_t quote_ = 0;  // the last one in a quoted cell
  In in_ = In::plain;
  bool doubled_ = false;
  bool has_nul_ = false;
  bool has_line_break_ = false;  // in a quoted cell
  std::vector<Cell> found_;

  // A broken row is skimmed to the line break behind this place.
  bool skimming_ = false;
  std::size_t skim_from_ = 0;

  CsvRow row_;
  std::vector<std::string_view> cells_;
  std::vector<std::string> mended_;
};

}  // namespace ringdown
