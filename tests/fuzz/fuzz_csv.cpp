// Any bytes in one piece, in pieces of a length the input chooses, and gone on with behind a row: the same
// rows, positions that rise to the end, and clean text whatever came in.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/csv.h"
#include "base/csv_writer.h"
#include "base/text.h"

namespace {

using namespace ringdown;

struct Row {
  std::int64_t line;
  std::vector<std::string> cells;
  std::string problem;
  bool mended;
  CsvPosition behind;

  bool operator==(const Row&) const = default;
};

void must(bool holds) {
  if (!holds) std::abort();
}

void take_rows(CsvReader& reader, std::vector<Row>& rows) {
  while (const CsvRow* row = reader.next()) {
    for (const std::string_view cell : row->cells) must(is_clean_utf8(cell));
    must(row->problem.empty() || row->cells.empty());
    rows.push_back(
        {row->line, {row->cells.begin(), row->cells.end()}, row->problem, row->mended, reader.position()});
  }
}

std::vector<Row> read(CsvReader reader, std::string_view bytes, std::size_t piece) {
  std::vector<Row> rows;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    if (!reader.push(bytes.substr(0, piece))) return {};
    take_rows(reader, rows);
  }
  if (!reader.finish()) return {};
  take_rows(reader, rows);
  return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t piece = data[0] % 40u + 1;
  const CsvLimits limits = data[1] % 2 == 0 ? CsvLimits{} : CsvLimits{16, 40, 5};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);

  const std::vector<Row> rows = read(CsvReader(limits), bytes, bytes.size() + 1);
  must(read(CsvReader(limits), bytes, piece) == rows);
  if (rows.empty()) return 0;

  for (std::size_t i = 1; i < rows.size(); ++i) must(rows[i].behind.byte > rows[i - 1].behind.byte);
  const std::size_t stop = data[1] / 2 % rows.size();
  const CsvPosition& behind = rows[stop].behind;
  const auto rest =
      read(CsvReader(behind, limits), bytes.substr(static_cast<std::size_t>(behind.byte)), piece);
  must(
      std::equal(rest.begin(), rest.end(), rows.begin() + static_cast<std::ptrdiff_t>(stop) + 1, rows.end()));

  std::string written;
  append_csv_row(written, rows[stop].cells);
  const auto again = read(CsvReader(CsvPosition{}, {}), written, piece);
  if (!rows[stop].cells.empty()) must(again.size() == 1 && again[0].cells == rows[stop].cells);
  return 0;
}
