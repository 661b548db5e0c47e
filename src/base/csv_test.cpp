#include "base/csv.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace ringdown;
using namespace std::string_view_literals;

namespace {

using Cells = std::vector<std::string>;

struct Row {
  std::int64_t line;
  Cells cells;
  std::string problem = {};

  bool operator==(const Row&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  out << row.line << ": " << row.problem;
  for (const std::string& cell : row.cells) out << '[' << cell << ']';
  return out;
}

void take_rows(CsvReader& reader, std::vector<Row>& rows) {
  while (const CsvRow* row = reader.next()) {
    rows.push_back({row->line, Cells(row->cells.begin(), row->cells.end()), row->problem});
  }
}

std::vector<Row> read(std::string_view text, CsvLimits limits = {}) {
  CsvReader reader(limits);
  std::vector<Row> rows;
  REQUIRE(reader.push(text));
  REQUIRE(reader.finish());
  take_rows(reader, rows);
  return rows;
}

std::string refusal(std::string_view text) {
  CsvReader reader;
  const auto pushed = reader.push(text);
  if (!pushed) return pushed.error().text;
  const auto finished = reader.finish();
  return finished ? "" : finished.error().text;
}

std::string utf_16(std::string_view ascii, bool little) {
  std::string wide;
  for (const char c : ascii) wide += little ? std::string{c, '\0'} : std::string{'\0', c};
  return wide;
}

const std::vector<Row> two_rows = {{1, {"phone", "name"}}, {2, {"+12125550123", "Ann"}}};

}  // namespace

TEST_CASE("rows end with CR LF, LF or CR, mixed, and the last one perhaps with nothing") {
  const auto rows = read("a,b\r\n1,2\n3,4\r5,6");

  CHECK(rows == std::vector<Row>{{1, {"a", "b"}}, {2, {"1", "2"}}, {3, {"3", "4"}}, {4, {"5", "6"}}});
}

TEST_CASE("quoted cells hold delimiters, quotes and line breaks, and lines are counted on") {
  const auto rows = read("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\r\nx,\"\",y\r\n");

  CHECK(rows == std::vector<Row>{{1, {"a,b", "say \"hi\"", "two\r\nlines"}}, {3, {"x", "", "y"}}});
}

TEST_CASE("a quote inside a plain cell is a character like any other") {
  CHECK(read("name,size\nJoe \"Bob\" Smith,5'10\"\n")[1] == Row{2, {"Joe \"Bob\" Smith", "5'10\""}});
}

TEST_CASE("empty lines are passed over and counted, rows of empty cells are rows") {
  const auto rows = read("\n\r\na,b\n\n,\n\n");

  CHECK(rows == std::vector<Row>{{3, {"a", "b"}}, {5, {"", ""}}});
}

TEST_CASE("the delimiter is the one that divides the rows alike") {
  CHECK(read("a;b\n1,5;2\n")[1].cells == Cells{"1,5", "2"});
  CHECK(read("a\tb\n1\t2\n")[1].cells == Cells{"1", "2"});
  CHECK(read("a|b\n1|2\n")[1].cells == Cells{"1", "2"});
  CHECK(read("phone,tags\n1,a;b\n2,c;d\n")[1].cells == Cells{"1", "a;b"});
  CHECK(read("name, full;phone\nAnn;1\nBob;2\n")[1].cells == Cells{"Ann", "1"});
  CHECK(read("\"a;b;c\",d\n\"1;2;3\",4\n")[1].cells == Cells{"1;2;3", "4"});
  CHECK(read("phone\n1\n")[1].cells == Cells{"1"});
}

TEST_CASE("UTF-8 and UTF-16 are read, with a mark and without") {
  const std::string text = "phone,name\n+12125550123,Ann\n";

  CHECK(read("\xef\xbb\xbf" + text) == two_rows);
  CHECK(read("\xff\xfe" + utf_16(text, true)) == two_rows);
  CHECK(read("\xfe\xff" + utf_16(text, false)) == two_rows);
  CHECK(read(utf_16(text, true)) == two_rows);
  CHECK(read(utf_16(text, false)) == two_rows);
}

TEST_CASE("Latin-1 is read, whether its letters show at once or late") {
  CHECK(read("name\nZo\xeb\n")[1].cells == Cells{"Zoë"});

  std::string late = "name\n";
  while (late.size() < 2 * charset_piece_bytes) late += "Ann\n";
  CHECK(read(late + "Zo\xeb\n").back().cells == Cells{"Zoë"});
}

TEST_CASE("bytes that are no UTF-8 are mended in their row alone, which says so") {
  CsvReader reader;
  REQUIRE(reader.push("name,city\nZoë,M\xfcnchen\nRené,Nîmes\n"));
  REQUIRE(reader.finish());
  reader.next();

  const CsvRow* mended = reader.next();
  CHECK(mended->mended);
  CHECK(mended->cells[0] == "Zoë");
  CHECK(mended->cells[1] == "München");

  const CsvRow* clean = reader.next();
  CHECK_FALSE(clean->mended);
  CHECK(clean->cells[1] == "Nîmes");
}

TEST_CASE("a NUL costs its row and no other") {
  const auto rows = read("a,b\n1,\0\n3,4\n"sv);

  REQUIRE(rows.size() == 3);
  CHECK(rows[1] == Row{2, {}, "a NUL byte in the row; is this a text file?"});
  CHECK(rows[2] == Row{3, {"3", "4"}});
}

TEST_CASE("text behind a closing quote costs its row, and an open quote does not swallow the rest") {
  const auto rows = read("a,b\n\"x\"y,1\n3,\"open\n5,\"Ann\"\n7,8\n");

  REQUIRE(rows.size() == 5);
  CHECK(rows[1] == Row{2, {}, "text follows a closing quote; write a quote inside a cell twice"});
  CHECK(rows[2] == Row{3, {}, "text follows a closing quote; write a quote inside a cell twice"});
  CHECK(rows[3] == Row{4, {"5", "Ann"}});
  CHECK(rows[4] == Row{5, {"7", "8"}});
}

TEST_CASE("a quote that is open at the end of the file costs its row alone") {
  const auto rows = read("a,b\n\"1,2\n3,4\n");

  REQUIRE(rows.size() == 3);
  CHECK(rows[1] == Row{2, {}, "a quoted cell is not closed before the file ends; add the missing quote"});
  CHECK(rows[2] == Row{3, {"3", "4"}});
}

TEST_CASE("a quote bomb is noticed at the bound, and every line behind it is read") {
  std::string text = "a,b\n\"open,2\n";
  for (int i = 0; i < 1000; ++i) text += "3,4\n";

  const auto rows = read(text, {.cell_bytes_max = 1000});

  REQUIRE(rows.size() == 1002);
  CHECK(rows[1].problem == "a quoted cell is not closed, or is longer than 1000 bytes");
  CHECK(rows[2] == Row{3, {"3", "4"}});
  CHECK(rows.back() == Row{1002, {"3", "4"}});
}

TEST_CASE("a cell of a gigabyte is one problem, and is not held") {
  for (const char* quote : {"", "\""}) {
    CsvReader reader;
    std::vector<Row> rows;
    const std::string piece(1024 * 1024, 'x');
    REQUIRE(reader.push(fmt::format("a,b\n1,{}", quote)));
    for (int i = 0; i < 1024; ++i) {
      REQUIRE(reader.push(piece));
      take_rows(reader, rows);
    }
    REQUIRE(reader.push(fmt::format("{}\n3,4\n", quote)));
    REQUIRE(reader.finish());
    take_rows(reader, rows);

    REQUIRE(rows.size() == 3);
    CHECK(rows[1].problem.contains("longer than 65536 bytes"));
    CHECK(rows[2] == Row{3, {"3", "4"}});
    CHECK(reader.position().byte ==
          1024 * 1024 * 1024 + 11 + 2 * static_cast<int>(std::string(quote).size()));
  }
}

TEST_CASE("a line of a million columns is one problem") {
  const auto rows = read("a,b\n" + std::string(1'000'000, ',') + "\n3,4\n");

  REQUIRE(rows.size() == 3);
  CHECK(rows[1] == Row{2, {}, "more than 1000 columns; is it the right delimiter?"});
  CHECK(rows[2] == Row{3, {"3", "4"}});
}

TEST_CASE("a row beyond its bound is one problem") {
  const CsvLimits limits{.cell_bytes_max = 60, .row_bytes_max = 100};
  const std::string cell(50, 'x');

  const auto rows = read("a,b\n" + cell + "," + cell + "," + cell + "\n3,4\n", limits);

  REQUIRE(rows.size() == 3);
  CHECK(rows[1].problem == "the row is longer than 100 bytes");
  CHECK(rows[2] == Row{3, {"3", "4"}});
}

TEST_CASE("quotes that pair up wrongly over many lines end at the row's bound, and the file goes on") {
  std::string text = "a,b\n";
  for (int i = 0; i < 1000; ++i) text += "x\",\"\n";
  text += "3,4\n";

  const auto rows = read(text, {.row_bytes_max = 1000});

  CHECK(rows.size() > 3);
  CHECK(rows.back() == Row{1002, {"3", "4"}});
}

TEST_CASE("a file that is no table is refused in words that help") {
  CHECK(refusal("PK\x03\x04 xl/workbook.xml") == "this is an Excel workbook; save it as CSV first");
  CHECK(refusal("PK\x03\x04 leads.csv") == "this is a zip archive; unpack it, and take the CSV file in it");
  CHECK(refusal("\xd0\xcf\x11\xe0\xa1\xb1") == "this is an Excel workbook; save it as CSV first");
  CHECK(refusal("%PDF-1.7") == "this is a PDF; export the table as CSV first");
  CHECK(refusal("\x1f\x8b\x08") == "this file is packed with gzip; unpack it first");
}

TEST_CASE("an empty file is refused, one with nothing but a header is not") {
  CHECK(refusal("").contains("the file is empty"));
  CHECK(refusal("\xef\xbb\xbf").contains("the file is empty"));
  CHECK(refusal(" \r\n\r\n").contains("the file is empty"));
  CHECK(read("phone,name") == std::vector<Row>{{1, {"phone", "name"}}});
}
