// Files that come again, and files that only rehearse: properties over seeded files.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "base/csv_writer.h"
#include "domain/lead_rows.h"
#include "flow/import_rows.h"
#include "tests/import/desk.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr StoreKind stores[] = {StoreKind::sqlite_memory, StoreKind::postgres};

// Rows with everything that makes reading, quoting and telling people apart hard; few numbers, names and ids,
// so that they meet again.
class Files {
 public:
  // Two leads may share a number and a name while only one of them has an external id; in a file on its own
  // they are one. Where that must not happen the id comes with a name of its own.
  explicit Files(unsigned seed, bool names_are_told_apart = false)
      : random_(seed), names_are_told_apart_(names_are_told_apart) {}

  std::string file(int rows, int people) {
    std::string text;
    append_csv_row(text, export_columns());
    std::vector<std::vector<std::string>> earlier;
    for (int i = 0; i < rows; ++i) {
      const bool again = i > 0 && below(4) == 0;
      earlier.push_back(again ? earlier[static_cast<std::size_t>(below(i))] : row(people));
      append_csv_row(text, earlier.back());
    }
    return text;
  }

 private:
  int below(int n) { return std::uniform_int_distribution(0, n - 1)(random_); }

  std::string pick(std::initializer_list<const char*> words) {
    return words.begin()[below(static_cast<int>(words.size()))];
  }

  std::vector<std::string> row(int people) {
    const int who = below(people);
    const std::string id = below(3) == 0 ? fmt::format("crm-{}", who) : "";
    std::string name = pick({"", "Ann", "ANN ", "Bob \"the\" Builder", "Zoë, 日本", "=1+1", "O'Neil;x|y\\z"});
    if (names_are_told_apart_ && !id.empty()) name = "Known as " + id;
    return {fmt::format("+1212555{:04}", 100 + who % 100),
            pick({"", "", "12"}),
            name,
            pick({"", "Roofs & more", "line\r\nbreak", "'quoted"}),
            pick({"", "", "ann@example.com", "not an address"}),
            id,
            pick({"", "", "Spring", "spring ", "Autumn, 2025"}),
            pick({"", "pending", "contacted", "calling", "dnc"}),
            pick({"", "high", "Premium", "golden"}),
            pick({"", "vip", "a;b", "b|c\\;d"}),
            pick({"", "botox:0.8", "botox:0.3;filler:1", "laser"}),
            pick({"", "Dallas", "New York"}),
            pick({"", "TX"}),
            pick({"", "75201"}),
            pick({"", "US"}),
            pick({"", "32.7767", "far"}),
            pick({"", "-96.797"}),
            pick({"", "America/Chicago", "Nowhere/Else"}),
            pick({"", "calls back", "two\nlines, \"quoted\"", "\tindented"})};
  }

  std::mt19937 random_;
  bool names_are_told_apart_;
};

std::string everything(Desk& desk) {
  return desk.export_all() + desk.owner().get("/api/pipelines").body + desk.owner().get("/api/dnc").body +
         desk.owner().get("/api/consents").body + desk.leads("?limit=200&sort=oldest");
}

std::string report_of(Desk& desk, const Progress& import) {
  std::string text;
  for (const RowOutcome& one : desk.report(import.id)) append_report_line(text, one);
  return text;
}

}  // namespace

TEST_CASE("an export comes in again as nothing but duplicates, and changes nothing") {
  for (const StoreKind store : stores) {
    for (const unsigned seed : {1u, 2u, 3u}) {
      CAPTURE(to_text(store));
      CAPTURE(seed);
      Desk desk(store);
      const Progress first = desk.import(Files(seed).file(700, 900));
      CHECK(first.state == "done");
      CHECK(first.counts.created > 300);
      const std::string before = everything(desk);

      const Progress again = desk.import(desk.export_all());

      CHECK(again.counts.duplicate == again.counts.rows);
      CHECK(again.counts.rows == first.counts.created);
      CHECK(difference(everything(desk), before) == "");
    }
  }
}

TEST_CASE("an export in an empty workspace exports the same bytes") {
  for (const StoreKind store : stores) {
    CAPTURE(to_text(store));
    Desk desk(store);
    desk.import(Files(4, true).file(1500, 2000));
    const std::string exported = desk.export_all();
    CHECK(cells_of(exported).size() > 600);

    Desk other(store);
    const Progress done = other.import(exported);

    CHECK(done.counts.created == done.counts.rows);
    CHECK(difference(other.export_all(), exported) == "");
  }
}

TEST_CASE("the same file twice changes nothing the second time") {
  Desk desk;
  const std::string file = Files(5).file(900, 5000);
  desk.import(file);
  const std::string before = everything(desk);
  desk.import(desk.export_all());
  CHECK(difference(everything(desk), before) == "");
}

TEST_CASE("a rehearsal changes nothing and counts as the real run does, row by row") {
  for (const StoreKind store : stores) {
    for (const unsigned seed : {6u, 7u, 8u}) {
      CAPTURE(to_text(store));
      CAPTURE(seed);
      Desk desk(store);
      desk.import(Files(seed + 100).file(200, 150));
      const std::string before = everything(desk);
      const std::string file = Files(seed).file(1700, 400);

      const Progress rehearsed = desk.import(file, {{"dry_run", "true"}});
      CHECK(difference(everything(desk), before) == "");
      const Progress real = desk.import(file);

      CHECK(rehearsed.counts == real.counts);
      CHECK(difference(report_of(desk, rehearsed), report_of(desk, real)) == "");
      CHECK(real.counts.created > 0);
      CHECK(real.counts.updated > 100);
      CHECK(real.counts.duplicate > 100);
    }
  }
}

TEST_CASE("where a stretch of a file ends makes no difference") {
  const std::string file = Files(9).file(600, 120);
  std::string whole;
  for (const std::size_t rows : {1, 7, 500, 4096}) {
    CAPTURE(rows);
    Desk desk;
    desk.policy.rows_per_unit = rows;
    const Progress done = desk.import(file);
    CHECK(done.counts.rows == 600);
    const std::string outcome = report_of(desk, done) + desk.export_all();
    if (whole.empty()) whole = outcome;
    CHECK(difference(outcome, whole) == "");
  }
}

TEST_CASE("a rehearsal of more leads than it keeps in mind still tells new ones from known ones") {
  flow::Rehearsal small(1);
  flow::ImportedRows done;
  for (int i = 0; i < 3; ++i) {
    Lead lead;
    lead.id = nth<LeadTag>(static_cast<std::uint64_t>(i));
    lead.phone = "+1212555010" + std::to_string(i);
    if (i == 2) lead.external_id = "crm-2";
    done.leads.push_back(lead);
  }
  small.remember(done);

  CHECK(small.known_by({.phone = "+12125550100"}).size() == 1);
  CHECK_FALSE(small.has_met({.phone = "+12125550100"}));
  CHECK(small.known_by({.phone = "+12125550101"}).empty());
  CHECK(small.has_met({.phone = "+12125550101"}));
  CHECK(small.has_met({.phone = "+12125550109", .external_id = "crm-2"}));
  CHECK_FALSE(small.has_met({.phone = "+12125550101", .external_id = "crm-1"}));
  CHECK(small.knows_number("+12125550102"));
  CHECK_FALSE(small.knows_number("+12125550103"));
}

TEST_CASE("a pipeline that went away while a file is read leaves its leads in none") {
  for (const StoreKind store : stores) {
    CAPTURE(to_text(store));
    Desk desk(store);
    Api& api = desk.house().api().api();
    SystemChance chance;
    store::Import import{};
    import.pipeline_id = nth<PipelineTag>(1);
    const flow::ReadRow row{2, LeadRow{.fields = {.phone = "+12125550101"}}};

    const auto done = await(api.db.write(desk.workspace(), [&](Tx& tx) {
      const flow::Act act{std::nullopt, std::nullopt, "import", std::nullopt, tuesday, chance};
      const auto numbers = flow::desk_here(tx, api.atlas->numbering, WorkspaceKind::rehearsal);
      return flow::import_rows(tx, act, numbers, import, std::span(&row, 1), flow::Rehearsal());
    }));

    CHECK(done.created == 1);
    CHECK_FALSE(desk.leads().contains(R"("pipeline_id":")"));
  }
}
