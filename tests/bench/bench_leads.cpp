// ./dev bench leads [--rows N] [--rounds N] [--only PART]: pages of fifty leads through GET /api/leads of the
// real binary, beside the same query in this process. --only takes a part of a race's name, as in
// sqlite_newest. The last line is JSON.
#include <fmt/format.h>
#include <signal.h>

#include "ports/await.h"
#include "store/people.h"
#include "tests/bench/api_visitor.h"
#include "tests/bench/http_load.h"
#include "tests/bench/lead_file.h"
#include "tests/bench/lead_pages.h"
#include "tests/bench/process_use.h"
#include "tests/support/stores.h"

namespace ringdown::bench {
namespace {

using test::FreshStore;
using test::StoreKind;

constexpr int walkers = 4;
constexpr int pages_each = 50;
constexpr int slow_pages_each = 2;  // of an order that no index serves: a page reads them all

// A server with a million leads, and its store opened once more.
class FullStore {
 public:
  FullStore(StoreKind kind, test::PostgresServer* database, const std::string& file)
      : store_(kind, database), server_(flags(database)), visitor_(server_) {
    visitor_.import(file);
    db_ = store_.open();
  }
  ~FullStore() { server_.end(SIGTERM); }

  const test::RunningRingdown& server() const { return server_; }
  const std::string& key() const { return visitor_.key(); }
  Db& db() const { return *db_; }
  Workspace workspace() const {
    const auto all = await(db_->instance_read([](Tx& tx) { return store::workspaces_after(tx, {}, 1); }));
    return Workspace(all.at(0));
  }

 private:
  // The file of a FreshStore is called as the product calls its own.
  test::Words flags(const test::PostgresServer* database) {
    if (!database) return {"--data", std::filesystem::path(store_.database()).parent_path().string()};
    return {"--data", data_ / "data", "--database-url", database->app_url(store_.database())};
  }

  test::TempDir data_;
  FreshStore store_;
  test::RunningRingdown server_;
  ApiVisitor visitor_;
  std::unique_ptr<Db> db_;
};

struct Walk {
  std::string name;
  std::string says;
  std::string query;
  store::LeadPage page;
  int pages_each = bench::pages_each;
};

const Walk walks[] = {
    {"newest", "newest first", "", {}},
    {"state", "newest first, state=TX", "&state=TX", {.filter = {.state = "TX"}}},
    {"name", "by name", "&sort=contact-name", {.order = store::LeadOrder::contact_name}, slow_pages_each},
    {"call_age", "by last call", "&sort=last-called-at", {.order = store::LeadOrder::last_called_at}},
};

std::vector<Standing> run_walk(const FullStore& full, const Walk& walk, int rounds) {
  const HttpPages http(port_of(full.server().address()), full.key(), walk.query, walkers);
  const StorePages in_process(full.db(), full.workspace(), walk.page, walkers);
  const auto over_http = [&] {
    const CpuUse before = cpu_use_of(full.server().pid());
    Load load = http.run(walk.pages_each);
    load.cpu_us = (cpu_use_of(full.server().pid()) - before).total_s() * 1e6;
    return load;
  };
  const auto here = [&] {
    const double before = cpu_us_of_this_process();
    Load load = in_process.run(walk.pages_each);
    load.cpu_us = cpu_us_of_this_process() - before;
    return load;
  };
  over_http();
  here();
  return run_rounds({over_http, here}, rounds);
}

void print_walk(const Walk& walk, const char* store, const std::vector<Standing>& standings) {
  for (std::size_t i = 0; i < standings.size(); ++i) {
    const Standing& one = standings[i];
    const std::string says = i == 0 ? fmt::format("GET /api/leads, {}: {}", store, walk.says)
                                    : std::string("  beside the query in process");
    fmt::print("{:<52} {:>8.0f} {:>8} {:>8.0f} {:>8.2f} {:>8.2f}\n", says, one.rate,
               i == 0 ? "" : fmt::format("{:.2f}x", one.rate_ratio), one.cpu_us_per_unit, one.p50_ms,
               one.p99_ms);
  }
  std::fflush(stdout);
}

void report_walk(const std::string& name, const std::vector<Standing>& standings, Report& report) {
  report.ratios.push_back({name + "_to_in_process", standings[1].rate_ratio});
  for (std::size_t i = 0; i < standings.size(); ++i) {
    report.figures.push_back({name + (i == 0 ? "_http" : "_in_process"),
                              {{"pages_per_second", standings[i].rate},
                               {"cpu_us_per_page", standings[i].cpu_us_per_unit},
                               {"p50_ms", standings[i].p50_ms},
                               {"p99_ms", standings[i].p99_ms}}});
  }
}

void run_store(StoreKind kind, const std::string& file, const Wishes& wishes, Report& report) {
  const char* name = kind == StoreKind::sqlite ? "sqlite" : "postgres";
  const auto wanted = [&](const Walk& walk) {
    return fmt::format("{}_{}", name, walk.name).contains(wishes.only);
  };
  if (std::ranges::none_of(walks, wanted)) return;

  std::optional<test::PostgresServer> database;
  if (kind == StoreKind::postgres) database.emplace();
  const FullStore full(kind, database ? &*database : nullptr, file);
  for (const Walk& walk : walks) {
    if (!wanted(walk)) continue;
    const auto standings = run_walk(full, walk, wishes.rounds);
    print_walk(walk, name, standings);
    report_walk(fmt::format("{}_{}", name, walk.name), standings, report);
  }
}

void run(const Wishes& wishes) {
  fmt::print("pages of {} out of {} leads, {} walkers at once; the load shares the server's cores\n\n",
             leads_per_page, wishes.rows, walkers);
  fmt::print("{:<52} {:>8} {:>8} {:>8} {:>8} {:>8}\n", "", "pages/s", "product", "cpu us", "p50 ms",
             "p99 ms");
  const std::string file = lead_file(wishes.rows);
  Report report{"leads"};
  for (const StoreKind kind : {StoreKind::sqlite, StoreKind::postgres}) run_store(kind, file, wishes, report);
  fmt::print("{}\n", as_json(report));
}

}  // namespace
}  // namespace ringdown::bench

int main(int argc, char** argv) {
  try {
    ringdown::bench::run(ringdown::bench::read_wishes(argc, argv, {.rows = 1'000'000}));
    return 0;
  } catch (const std::exception& problem) {
    fmt::print(stderr, "{}\n", problem.what());
    return 1;
  }
}
