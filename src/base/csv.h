// Tables of text as RFC 4180 and the world write them: push bytes in pieces of any size, take rows. Encoding
// and delimiter are found by looking at the first piece. Bounded memory whatever arrives.
//
//   while (const CsvRow* row = reader.next()) …      // then push() more, at last finish() and next() again
//
// A row that cannot be read is one row with a problem. Where a quoted cell never ends properly, reading goes
// on at the line after the one on which that cell began, so an open quote costs its own row and no other. A
// quote inside a cell that does not begin with one is a character like any other, as spreadsheets read it.
// Empty lines are passed over.
#pragma once

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/charset.h"
#include "base/result.h"

namespace ringdown {

enum class Delimiter { comma, semicolon, tab, pipe };
BOOST_DESCRIBE_ENUM(Delimiter, comma, semicolon, tab, pipe)

// All that is needed to go on from the end of a row, with the bytes from `byte` on.
struct CsvPosition {
  Charset charset = Charset::utf_8;
  Delimiter delimiter = Delimiter::comma;
  std::int64_t byte = 0;  // of the source
  std::int64_t line = 1;

  bool operator==(const CsvPosition&) const = default;
};
BOOST_DESCRIBE_STRUCT(CsvPosition, (), (charset, delimiter, byte, line))

struct CsvLimits {
  std::size_t cell_bytes_max = 64 * 1024;
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
  explicit CsvReader(CsvLimits limits = {}) : limits_(limits) {}
  explicit CsvReader(const CsvPosition&, CsvLimits = {});

  // Fails where the file is no table at all: a workbook, an archive, nothing. Rows are taken in between, or
  // they pile up.
  Result<void> push(std::string_view bytes);
  Result<void> finish();

  const CsvRow* next();                            // nothing: more bytes are needed, or that was all
  CsvPosition position() const { return given_; }  // behind the row that next() gave

 private:
  CsvLimits limits_;
  CsvPosition given_;
};

}  // namespace ringdown
