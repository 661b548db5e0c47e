#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "base/csv.h"
#include "base/csv_writer.h"

namespace ringdown {
namespace {

using Cells = std::vector<std::string>;

struct Row {
  std::int64_t line;
  Cells cells;
  std::string problem;
  bool mended;
  CsvPosition behind;

  bool operator==(const Row&) const = default;
};

void take_rows(CsvReader& reader, std::vector<Row>& rows) {
  while (const CsvRow* row = reader.next()) {
    rows.push_back({row->line, Cells(row->cells.begin(), row->cells.end()), row->problem, row->mended,
                    reader.position()});
  }
}

std::vector<Row> read(CsvReader reader, std::string_view bytes, std::size_t piece) {
  std::vector<Row> rows;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    if (!reader.push(bytes.substr(0, piece))) return rows;
    take_rows(reader, rows);
  }
  if (reader.finish()) take_rows(reader, rows);
  return rows;
}

rc::Gen<std::string> texts(const std::vector<std::string>& words) {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(words)),
                      [](const std::vector<std::string>& parts) {
                        std::string text;
                        for (const std::string& part : parts) text += part;
                        return text;
                      });
}

const std::vector<std::string> tame = {"a",  "7", " ", ",", ";", "\"", "\r", "\n", "\r\n",
                                       "\t", "|", "'", "=", "ë", "€",  "😀", "'",  "Dallas"};
const std::vector<std::string> wild = {"a",    ",",  ",\"",  "\"", "\"\"", "\"\"\"",
                                       "\n",   "\r", "\r\n", ";",  "xyz",  std::string(1, '\0'),
                                       "\xeb", "ë"};
constexpr CsvLimits small{.cell_bytes_max = 12, .row_bytes_max = 30, .columns_max = 4};

std::string any_bytes() {
  const std::string text = *texts(wild);
  if (*rc::gen::inRange(0, 3) > 0) return text;

  std::string wide = "\xff\xfe";
  for (const char c : text) wide += {c, *rc::gen::element('\0', '\0', '\0', '\xd8', '\xdc')};
  return wide;
}

TEST_CASE("whatever cells are written are read back") {
  CHECK(rc::check([] {
    const auto rows = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<Cells>>(rc::gen::nonEmpty(rc::gen::container<Cells>(texts(tame)))));
    std::string text;
    for (const Cells& row : rows) append_csv_row(text, row);

    std::vector<Cells> again;
    for (const Row& row : read(CsvReader(CsvPosition{}), text, text.size())) {
      RC_ASSERT(row.problem == "");
      again.push_back(row.cells);
    }

    RC_ASSERT(again == rows);
  }));
}

TEST_CASE("the same bytes in pieces of any size are the same rows") {
  CHECK(rc::check([] {
    const std::string bytes = any_bytes();
    const auto piece = *rc::gen::inRange<std::size_t>(1, 10);

    const auto in_pieces = read(CsvReader(small), bytes, piece);
    const auto whole = read(CsvReader(small), bytes, bytes.size());

    RC_ASSERT(in_pieces == whole);
  }));
}

TEST_CASE("reading goes on behind any row as if it had never stopped") {
  CHECK(rc::check([] {
    const std::string bytes = any_bytes();
    const auto rows = read(CsvReader(small), bytes, bytes.size());
    if (rows.empty()) return;

    const auto stop = *rc::gen::inRange<std::size_t>(0, rows.size());
    const CsvPosition behind = rows[stop].behind;
    const auto rest = read(CsvReader(behind, small), std::string_view(bytes).substr(behind.byte), 7);

    RC_ASSERT(rest == std::vector<Row>(rows.begin() + stop + 1, rows.end()));
  }));
}

TEST_CASE("no byte of a file is passed over: positions rise to its end") {
  CHECK(rc::check([] {
    const std::string bytes = any_bytes();
    CsvReader reader(small);
    if (!reader.push(bytes) || !reader.finish()) return;

    std::int64_t before = 0;
    while (reader.next()) {
      RC_ASSERT(reader.position().byte > before);
      before = reader.position().byte;
    }

    RC_ASSERT(reader.position().byte == static_cast<std::int64_t>(bytes.size()));
  }));
}

}  // namespace
}  // namespace ringdown
