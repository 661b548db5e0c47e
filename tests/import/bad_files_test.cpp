// Everything that a file can be wrong in, on its way through the whole product: what is wrong is said, and
// the rows around it come in.
#include <doctest/doctest.h>

#include <functional>

#include "tests/import/desk.h"

using namespace ringdown;
using namespace ringdown::test;
using namespace std::string_literals;

namespace {

constexpr StoreKind stores[] = {StoreKind::sqlite_memory, StoreKind::postgres};

std::string times(std::size_t count, const std::string& text) {
  std::string all;
  all.reserve(count * text.size());
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::string utf_16(const std::string& ascii) {
  std::string wide = "\xff\xfe";
  for (const char c : ascii) wide += {c, '\0'};
  return wide;
}

struct Unreadable {
  const char* says;
  std::string file;
  const char* problem;
};

// No row of these can be read: the import fails and says why.
std::vector<Unreadable> unreadable() {
  return {
      {"nothing but blanks", "  \r\n \r\n", "empty"},
      {"nothing but empty lines", "\r\n\n\r\n", "empty"},
      {"a byte order mark alone", "\xef\xbb\xbf", "empty"},
      {"a zip", "PK\x03\x04\x14\0\0\0 and more"s, "zip archive"},
      {"a workbook", "PK\x03\x04\x14\0\0\0 xl/worksheets/sheet1.xml"s, "Excel workbook"},
      {"gzip", "\x1f\x8b\x08\0\0\0"s, "gzip"},
      {"a PDF", "%PDF-1.7\n", "PDF"},
      {"a million columns", times(1'000'000, "a,") + "\r\n" + times(1'000'000, "1,") + "\r\n",
       "more than 1000 columns"},
      {"a header that is never closed", "\"phone,name\r\n+12125550101,Ann\r\n", "line 1: "},
      {"no header", "+12125550101,Ann\r\n+12125550102,Bob\r\n", "here it is a lead already"},
      {"no phone among the headers", "name,city\r\nAnn,Dallas\r\n", "no column for the phone"},
      {"a header with a NUL", "phone\0,name\r\n+12125550101,Ann\r\n"s, "NUL"},
  };
}

struct Row {
  const char* says;
  std::string row;  // with its line end; stands between two good ones
  RowResult result;
  const char* reason;
};

// One bad row among good ones, under phone,name,email,notes.
std::vector<Row> bad_rows() {
  using enum RowResult;
  return {
      {"no phone", ",Cid,,\r\n", invalid, "the phone is missing"},
      {"too few cells and no phone", ",Cid\r\n", invalid, "the phone is missing"},
      {"a phone that is none", "not a phone,Cid,,\r\n", invalid, "phone"},
      {"half a phone", "555-12,Cid,,\r\n", invalid, "phone"},
      {"a quote that is not closed", "\"+12125550150,Cid,,\r\n", invalid, "not closed"},
      {"text behind a quote", "\"+12125550150\"x,Cid,,\r\n", invalid, "closing quote"},
      {"a quote bomb", times(40'000, "\"") + "\r\n", invalid, ""},
      {"an odd quote bomb", times(40'001, "\"") + "\r\n", invalid, ""},
      {"a cell of 80 KiB", "+12125550150," + times(80 * 1024, "x") + ",,\r\n", invalid, "longer than"},
      {"a quoted cell of 80 KiB", "+12125550150,\"" + times(80 * 1024, "x") + "\",,\r\n", invalid, "longer"},
      {"a row of 2 MiB", times(40, "+12125550150," + times(52'000, "x") + ",") + "\r\n", invalid, "longer"},
      {"a million columns", times(1'000'000, "1,") + "\r\n", invalid, "more than 1000 columns"},
      {"a NUL", "+12125550150,C\0id,,\r\n"s, invalid, "NUL"},
      {"more cells than headers", "+12125550150,Cid,,,one,two\r\n", created, "2 cells more than headers"},
      {"fewer cells than headers", "+12125550150\r\n", created, ""},
      {"letters that are no UTF-8", "+12125550150,Ren\xe9,,\r\n", created, ""},
      {"an address that is none", "+12125550150,Cid,nowhere,\r\n", created, "left out"},
      {"notes that are too long", "+12125550150,Cid,," + times(11'000, "x") + "\r\n", created, "left out"},
      {"a name that is too long", "+12125550150," + times(300, "x") + ",,\r\n", created, "left out"},
      {"bytes of every kind", "+12125550150,\x01\x7f\xc0\xaf\xed\xa0\x80\xff,,\r\n", created, ""},
      {"a formula", "+12125550150,=2+3,,\r\n", created, ""},
  };
}

const RowOutcome* outcome_of(const std::vector<RowOutcome>& report, std::int64_t line) {
  for (const RowOutcome& one : report) {
    if (one.line == line) return &one;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("a file that is no table of leads fails with what it is and what to do") {
  for (const StoreKind store : stores) {
    CAPTURE(to_text(store));
    Desk desk(store);
    for (const auto& [says, file, problem] : unreadable()) {
      CAPTURE(std::string(says));
      const Progress done = desk.import(file);
      CHECK(done.state == "failed");
      CHECK_MESSAGE(done.problem.contains(problem), done.problem);
      CHECK(done.counts == Counts{});
      CHECK(desk.report(done.id).empty());
    }
    CHECK(desk.leads().contains(R"("data":[])"));
  }
}

TEST_CASE("a file without a byte is refused at the door, and one with headers alone is in at once") {
  for (const StoreKind store : stores) {
    CAPTURE(to_text(store));
    Desk desk(store);
    const ApiAnswer refused = desk.upload({{"file", "", "leads.csv"}}, 400);
    CHECK(refused.body.contains("the file is empty"));
    CHECK(desk.owner().get("/api/leads/imports").body.contains(R"("data":[])"));

    const Progress done = desk.import("phone,name\r\n");
    CHECK(done.state == "done");
    CHECK(done.counts == Counts{});
  }
}

TEST_CASE("a bad row costs itself and no other") {
  for (const StoreKind store : stores) {
    CAPTURE(to_text(store));
    Desk desk(store);
    for (const auto& [says, row, result, reason] : bad_rows()) {
      CAPTURE(std::string(says));
      const std::string name = "Ann " + std::string(says);
      const Progress done = desk.import("phone,name,email,notes\r\n+12125550101," + name + " before,,\r\n" +
                                        row + "+12125550102," + name + " behind,,\r\n");

      CHECK(done.state == "done");
      const bool bad = result == RowResult::invalid;
      CHECK(done.counts.rows == 3);
      CHECK(done.counts.invalid == (bad ? 1 : 0));
      const auto report = desk.report(done.id);
      REQUIRE(report.size() == 3);
      CHECK(report[0].result == RowResult::created);
      CHECK(report[2].result == RowResult::created);
      const RowOutcome* outcome = outcome_of(report, 3);
      REQUIRE(outcome != nullptr);
      CHECK((outcome->result == RowResult::invalid) == bad);
      CHECK_MESSAGE(outcome->reason.contains(reason), outcome->reason);
      CHECK(desk.leads("?limit=3").contains(name + " behind"));
      CHECK(desk.leads("?limit=3").contains(name + " before"));
    }
  }
}

TEST_CASE("a file of nothing but bad rows is in, and the report says what was wrong with each") {
  for (const StoreKind store : stores) {
    Desk desk(store);
    std::string file = "phone,name\r\n";
    for (int i = 0; i < 1200; ++i) file += i % 2 == 0 ? ",Ann\r\n" : "12,Bob\r\n";

    const Progress done = desk.import(file);

    CHECK(done.state == "done");
    CHECK(done.counts == Counts{.rows = 1200, .invalid = 1200});
    const auto report = desk.report(done.id);
    REQUIRE(report.size() == 1200);
    for (std::size_t i = 0; i < report.size(); ++i) {
      REQUIRE(report[i].line == static_cast<std::int64_t>(i) + 2);
      REQUIRE_FALSE(report[i].reason.empty());
    }
  }
}

TEST_CASE("letters that are no UTF-8 are read as they were meant, wherever the file has them") {
  for (const StoreKind store : stores) {
    CAPTURE(to_text(store));
    Desk desk(store);
    const std::string early = "phone,name\r\n+12125550101,Ren\xe9\r\n";
    std::string late = "phone,name\r\n";
    for (int i = 0; i < 20'000; ++i) late += ",\xc3\xa9\r\n";
    late += "+12125550102,Ren\xe9\r\n";

    CHECK(desk.import(early).counts == Counts{.rows = 1, .created = 1});
    const Progress done = desk.import(late);
    CHECK(done.counts == Counts{.rows = 20'001, .created = 1, .invalid = 20'000});
    CHECK(desk.report(done.id).back().reason.contains("read as Windows-1252"));
    const std::string both = desk.export_all();
    CHECK(cells_of(both)[1][2] == "Ren\xc3\xa9");
    CHECK(cells_of(both)[2][2] == "Ren\xc3\xa9");
  }
}

TEST_CASE("a header that is there twice is read once, and a blank one is left out") {
  Desk desk;
  const Progress done = desk.import(
      "Phone,Name,Name,,Notes,Notes\r\n"
      "+12125550101,Ann,Zoe,secret,first,second\r\n");

  CHECK(done.state == "done");
  CHECK(done.counts == Counts{.rows = 1, .created = 1});
  const std::string body = desk.leads();
  CHECK(body.contains(R"("contact_name":"Ann")"));
  CHECK_FALSE(body.contains("Zoe"));
  CHECK_FALSE(body.contains("secret"));
  const std::string shown = desk.owner().get("/api/leads/imports/" + done.id).body;
  CHECK(shown.contains(R"("header":"Name","column":"contact_name")"));
  CHECK(shown.contains("column 4"));
}

TEST_CASE("the same rows come in whatever encoding and delimiter they are written with") {
  const std::string rows = "phone,name\r\n+12125550101,Ann\r\n+12125550102,Bob\r\n";
  const auto with = [&](char delimiter) {
    std::string text = rows;
    for (char& c : text) c = c == ',' ? delimiter : c;
    return text;
  };
  Desk desk;
  CHECK(desk.import(rows).counts == Counts{.rows = 2, .created = 2});
  for (const std::string& file : {with(';'), with('\t'), with('|'), "\xef\xbb\xbf" + rows, utf_16(rows),
                                  "phone,name\n+12125550101,Ann\n+12125550102,Bob"s}) {
    CHECK(desk.import(file).counts == Counts{.rows = 2, .duplicate = 2});
  }
}
