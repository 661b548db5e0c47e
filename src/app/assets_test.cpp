#include "app/assets.h"

#include <doctest/doctest.h>

#include <fstream>
#include <set>

#include "app/open_atlas.h"
#include "base/csv.h"
#include "domain/lead_rows.h"
#include "tests/support/temp_dir.h"

using namespace ringdown;
using ringdown::test::TempDir;

namespace {

std::vector<LeadRow> sample_leads() {
  CsvReader reader;
  REQUIRE(reader.push(built_in_asset("sample_leads.csv")));
  REQUIRE(reader.finish());
  const CsvRow* head = reader.next();
  REQUIRE(head != nullptr);
  const LeadMapping mapping = settle_lead_mapping(head->cells).value();
  for (const MappedColumn& column : mapping.columns) CHECK_MESSAGE(column.column, column.header);

  std::vector<LeadRow> rows;
  while (const CsvRow* row = reader.next())
    rows.push_back(read_lead_row(row->cells, mapping, {"US"}).value());
  return rows;
}

}  // namespace

TEST_CASE("the assets are inside the program") {
  CHECK(built_in_asset("places.csv").starts_with("kind,name,"));
  CHECK(built_in_asset("places.csv").ends_with('\n'));
  CHECK(built_in_asset("area_codes.toml").contains("212"));
  CHECK(built_in_asset("numbering.toml").contains("900"));
}

TEST_CASE("a file in the folder takes the place of the built-in one of its name") {
  const TempDir folder;
  std::ofstream(folder.path() / "places.csv") << "mine";

  CHECK(read_asset("places.csv", folder.path().string())->text == "mine");
  CHECK(read_asset("places.csv", folder.path().string())->origin == (folder.path() / "places.csv").string());
  CHECK(read_asset("area_codes.toml", folder.path().string())->text == built_in_asset("area_codes.toml"));
  CHECK(read_asset("places.csv", "")->text == built_in_asset("places.csv"));
  CHECK(read_asset("places.csv", "")->origin == "places.csv");
}

TEST_CASE("a file that cannot be read is complained about, never passed over") {
  const TempDir folder;
  std::filesystem::create_directory(folder.path() / "places.csv");

  const auto asset = read_asset("places.csv", folder.path().string());

  REQUIRE_FALSE(asset);
  CHECK(asset.error().text.contains("places.csv cannot be read: it is a folder"));
  CHECK(read_asset("places.csv", folder / "missing").error().text.contains("missing is no folder"));
}

TEST_CASE(
    "the sample leads are read without a note, ring in rehearsal only, and live where their numbers do") {
  const Atlas atlas = open_atlas(Config{});
  std::set<std::string> phones;
  std::set<std::string> pipelines;
  int consents = 0;

  for (const LeadRow& row : sample_leads()) {
    CAPTURE(row.fields.phone);
    CHECK(row.notes.empty());
    CHECK(atlas.numbering.judge(row.fields.phone).kind == NumberKind::fictional);
    const Area* area = atlas.area_codes.find(row.fields.phone);
    REQUIRE(area != nullptr);
    CHECK(area->regions == std::vector{row.fields.state.value()});
    CHECK(atlas.places.now()->cities(*row.fields.city, *row.fields.state, "US").size() == 1);
    CHECK(zones_of(row.fields, atlas).front().source == ZoneSource::address);
    phones.insert(row.fields.phone);
    pipelines.insert(row.pipeline.value());
    consents += row.consent.has_value();
  }

  CHECK(phones.size() >= 300);
  CHECK(pipelines.size() == 3);
  CHECK(consents > 200);
  CHECK(consents < std::ssize(phones));  // so that a newcomer sees what is not called, and why
}
