// Leads that come in from outside the API: the sandbox's samples, and `ringdown import`.
#include <doctest/doctest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>

#include "tests/support/signed_up.h"
#include "tests/support/stores.h"

using namespace ringdown::test;

namespace {

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// The product's round looks once a second; every look here asks the real process.
void wait_for_an_import(const Owner& owner) {
  while (!owner.get("/api/leads/imports").contains("\"state\":\"done\"")) {
  }
}

// A data folder with people in it, and files beside it.
class Desk {
 public:
  Desk() {
    std::filesystem::create_directory(data());
    const Outcome added = run_ringdown({"user", "add", "--email", "ann@example.com", "--role", "owner",
                                        "--workspace", "Clinic", "--generate", "--data", data()});
    REQUIRE_MESSAGE(added.status == 0, added.err);
  }

  std::string data() const { return folder_ / "data"; }
  std::string file(const std::string& name) const { return folder_ / name; }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name)) << text;
    return file(name);
  }

  Outcome import(const std::string& name, Words more = {}) const {
    more.insert(more.begin(), {"import", name, "--data", data()});
    return run_ringdown(std::move(more));
  }

 private:
  TempDir folder_;
};

const std::string three_rows = "Phone,Name\n212-555-0123,Ann\n212-555-0124,Bob\nnothing,Max\n";

}  // namespace

TEST_CASE("with a sandbox the first workspace has sample leads, and a second start adds none") {
  const TempDir folder;
  const Words flags{"--data", folder / "data", "--sandbox"};
  RunningRingdown product(flags);
  Owner owner(product);
  wait_for_an_import(owner);

  const std::string leads = owner.get("/api/leads?limit=200");
  CHECK(times(leads, "\"external_id\":\"LA-") == 200);
  CHECK_FALSE(leads.contains("\"undialable\":"));
  CHECK(owner.get("/api/consents").contains("Lakeside Aesthetics"));
  CHECK(times(owner.get("/api/pipelines"), "\"name\":") == 3);

  CHECK(product.end(SIGTERM) == 0);
  const RunningRingdown again(flags);
  while (!again.log().contains("no sample leads are brought")) {
  }
  owner.follow_to(again);
  CHECK(times(owner.get("/api/leads/imports"), "\"import_id\":") == 1);
}

TEST_CASE("without a sandbox a workspace begins empty") {
  const TempDir folder;
  RunningRingdown product({"--data", folder / "data"});
  const Owner owner(product);
  const std::string csv = folder / "a.csv";
  std::ofstream(csv) << three_rows;

  const Outcome imported = run_ringdown({"import", csv, "--data", folder / "data"});

  CHECK(imported.status == 0);
  CHECK(times(owner.get("/api/leads"), "\"id\":") == 2);
  CHECK(times(owner.get("/api/leads/imports"), "\"import_id\":") == 1);
}

TEST_CASE("import takes a file in and says what came of it, beside a running product as without one") {
  const Desk desk;
  const std::string csv = desk.write("leads.csv", three_rows);

  const Outcome alone = desk.import(csv, {"--report", desk.file("report.csv")});
  CAPTURE(alone.err);
  CHECK(alone.status == 0);
  CHECK(alone.out.contains("is in the store of Clinic"));
  CHECK(alone.out.contains("3 rows: 2 created, 0 updated, 0 known already, 1 invalid"));
  CHECK(alone.out.contains("what came of each row: " + desk.file("report.csv")));
  CHECK(text_of(desk.file("report.csv")).contains("4,invalid"));

  const RunningRingdown product({"--data", desk.data()});
  const Outcome beside = desk.import(csv);
  CAPTURE(beside.err);
  CHECK(beside.status == 0);
  CHECK(beside.out.contains("3 rows: 0 created, 0 updated, 2 known already, 1 invalid"));
  CHECK(beside.out.contains("GET /api/leads/imports/"));
}

TEST_CASE("a dry import changes nothing, and a mapping is taken as JSON or from a file") {
  const Desk desk;
  const std::string csv = desk.write("leads.csv", "Who,Reach\nAnn,212-555-0123\n");
  const std::string mapping = R"({"Who":"contact_name","Reach":"phone"})";

  CHECK(desk.import(csv).err.contains("no column for the phone"));
  const Outcome dry = desk.import(csv, {"--dry-run", "--mapping", mapping});
  CHECK(dry.status == 0);
  CHECK(dry.out.contains("nothing was changed; of 1 rows: 1 created"));
  const Outcome wet = desk.import(csv, {"--mapping", desk.write("mapping.json", mapping)});
  CHECK(wet.status == 0);
  CHECK(wet.out.contains("1 rows: 1 created"));
}

TEST_CASE("where there are several workspaces import wants to know which, on both databases") {
  for (const StoreKind kind : {StoreKind::sqlite, StoreKind::postgres}) {
    CAPTURE(to_text(kind));
    const FreshStore store(kind);
    for (const std::uint64_t n : {1, 2}) a_workspace(*store.open(), n);
    const TempDir folder;
    const bool file = kind == StoreKind::sqlite;
    const std::string data =
        file ? std::filesystem::path(store.database()).parent_path().string() : folder.path().string();
    Words words{"import", folder / "leads.csv", "--data", data};
    if (!file) {
      words.insert(words.end(), {"--database-url", PostgresServer::shared().app_url(store.database())});
    }
    std::ofstream(folder / "leads.csv") << three_rows;

    CHECK(run_ringdown(words).err.contains("several workspaces are meant"));
    words.insert(words.end(), {"--workspace", ringdown::to_text(nth<ringdown::WorkspaceTag>(2))});
    const Outcome imported = run_ringdown(words);
    CAPTURE(imported.err);
    CHECK(imported.out.contains("3 rows: 2 created, 0 updated, 0 known already, 1 invalid"));
  }
}

TEST_CASE("an import that cannot be says what to do") {
  const Desk desk;
  const std::string csv = desk.write("leads.csv", three_rows);

  CHECK(run_ringdown({"import"}).status == 2);
  CHECK(desk.import(desk.file("gone.csv")).err.contains("gone.csv: No such file or directory"));
  CHECK(desk.import(desk.data()).err.contains("it is a folder"));
  CHECK(desk.import(desk.write("empty.csv", "")).err.contains("the file is empty"));
  CHECK(desk.import(csv, {"--pipeline", "None"}).err.contains("no such pipeline"));
  CHECK(desk.import(csv, {"--mapping", "{"}).err.contains("--mapping: "));
  CHECK(desk.import(csv, {"--workspace", "None"}).err.contains("no workspace 'None'"));
  CHECK(desk.import(csv, {"--report", desk.file("no/folder")}).err.contains("cannot write"));
  CHECK(run_ringdown({"import", csv, "--data", TempDir().path()}).err.contains("there is no workspace yet"));
  for (const Words& wrong : {Words{"--pipeline", "None"}, Words{"--workspace", "None"}}) {
    CHECK(desk.import(csv, wrong).status == 1);
  }
}

TEST_CASE("an imported list of places is known to the product, also to one that runs already") {
  const TempDir folder;
  RunningRingdown product({"--data", folder / "data"});
  const Owner owner(product);
  std::ofstream(folder / "cities.txt") << "1\tTerlingua\tTerlingua\t\t29.32\t-103."
                                          "61\tP\tPPL\tUS\t\tTX\t\t\t\t60\t\t\tAmerica/Chicago\t2020-01-01\n"
                                          "not a line\n";
  std::ofstream(folder / "leads.csv") << "Phone,Name,City,State\n212-555-0123,Ann,Terlingua,TX\n";
  REQUIRE(run_ringdown({"import", folder / "leads.csv", "--data", folder / "data"}).status == 0);
  const std::string list = owner.get("/api/leads");
  const std::size_t at = list.find("\"id\":\"") + 6;
  const std::string lead = "/api/leads/" + list.substr(at, list.find('"', at) - at);
  CHECK(owner.get(lead).contains("America/Denver"));  // as far as is known it may be anywhere in Texas

  const Outcome imported =
      run_ringdown({"places", "import", folder / "cities.txt", "--data", folder / "data"});
  CAPTURE(imported.err);
  CHECK(imported.status == 0);
  CHECK(imported.out.contains("1 places are known now beside the built-in ones; 1 lines were left out"));
  CHECK(imported.err.contains("line 2: has 1 columns"));

  while (!product.log().contains("a list of places is in use")) {
  }
  CHECK(owner.get(lead).contains("America/Chicago"));
  CHECK_FALSE(owner.get(lead).contains("America/Denver"));
}

TEST_CASE("places that cannot be taken in say why") {
  const Desk desk;

  CHECK(run_ringdown({"places"}).status == 2);
  CHECK(run_ringdown({"places"}).err.contains("ringdown places import FILE"));
  CHECK(run_ringdown({"places", "import"}).err.contains("FILE is required"));
  const auto places = [&](const std::string& file) {
    return run_ringdown({"places", "import", file, "--data", desk.data()});
  };
  CHECK(places(desk.file("gone.txt")).err.contains("gone.txt: No such file or directory"));
  const Outcome leads = places(desk.write("leads.csv", three_rows));
  CHECK(leads.status == 1);
  CHECK(leads.err.contains("the file has no place"));
}
