#include "domain/row_outcome.h"

#include <doctest/doctest.h>

#include "base/csv.h"

using namespace ringdown;

TEST_CASE("a report is read back line by line") {
  const RowOutcome outcomes[] = {
      {2, RowResult::created, ""},
      {3, RowResult::updated, "tier 'huge' is not known; left out"},
      {4, RowResult::duplicate, ""},
      {5, RowResult::invalid, "phone '\"1,2\"' is not a number we can call"},
  };
  std::string report(report_head());
  for (const RowOutcome& outcome : outcomes) append_report_line(report, outcome);

  CsvReader reader;
  REQUIRE(reader.push(report));
  REQUIRE(reader.finish());

  CHECK(reader.next()->cells[2] == "reason");
  for (const RowOutcome& outcome : outcomes) CHECK(read_report_line(reader.next()->cells) == outcome);
  CHECK_FALSE(reader.next());
}

TEST_CASE("what is no line of a report is refused") {
  const auto refused = [](std::vector<std::string_view> cells) { return !read_report_line(cells); };

  CHECK(refused({"2", "created"}));
  CHECK(refused({"x", "created", ""}));
  CHECK(refused({"2", "destroyed", ""}));
}
