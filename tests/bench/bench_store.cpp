// ./dev bench store [--rounds N] [--only PART]: durable units of work per second, beside bare sqlite3 and
// libpq code that inserts the same rows; --only takes a part of a race's name, as in sqlite_64. The last line
// is JSON.
#include <fmt/format.h>

#include "tests/bench/counts.h"
#include "tests/bench/peers/disk_floor.h"
#include "tests/bench/peers/postgres_rows.h"
#include "tests/bench/peers/sqlite_rows.h"
#include "tests/bench/product.h"
#include "tests/bench/race.h"
#include "tests/bench/sqlite_counts.h"
#include "tests/support/stores.h"

namespace ringdown::bench {
namespace {

using test::FreshStore;
using test::PostgresServer;
using test::StoreKind;

Workspace workspace_in(const FreshStore& store) {
  return test::a_workspace(*store.open());
}

// The databases of a run; the product and its peers have one each.
struct Databases {
  PostgresServer server{PostgresServer::Durability::real};
  FreshStore sqlite{StoreKind::sqlite};
  FreshStore sqlite_peer{StoreKind::sqlite};
  FreshStore postgres{StoreKind::postgres, &server};
  FreshStore postgres_peer{StoreKind::postgres, &server};
  Workspace workspace = workspace_in(sqlite);
  test::TempDir dir;

  Databases() {
    for (const FreshStore* store : {&sqlite_peer, &postgres, &postgres_peer}) workspace_in(*store);
  }
};

std::unique_ptr<Contender> product(const FreshStore& store, Workspace workspace, Work work = Work::row) {
  return std::make_unique<Product>(store.open(), workspace, work);
}

Race sqlite_race(Databases& all, int at_once) {
  Race race{fmt::format("sqlite_{}", at_once), at_once, count_sqlite_so_far, {}};
  race.runners = {
      {"product", "Ringdown on SQLite", [&] { return product(all.sqlite, all.workspace); }},
      {"batch", fmt::format("sqlite3, transactions of {}", at_once),
       [&] { return std::make_unique<SqliteRows>(all.sqlite_peer.database(), all.workspace); }},
  };
  if (at_once == 1) {
    race.runners.push_back(
        {"disk", "a page and fdatasync", [&] { return std::make_unique<DiskFloor>(all.dir / "floor"); }});
  }
  return race;
}

Race postgres_race(Databases& all, int at_once) {
  const auto peer = [&](PostgresRows::Shape shape) {
    return [&, shape] {
      return std::make_unique<PostgresRows>(all.server.boss_url(all.postgres_peer.database()), all.workspace,
                                            shape);
    };
  };
  Race race{
      fmt::format("postgres_{}", at_once), at_once, [&] { return count_postgres_so_far(all.server); }, {}};
  race.runners = {
      {"product", "Ringdown on PostgreSQL", [&] { return product(all.postgres, all.workspace); }},
      {"looked_at", "it, when the answer is looked at",
       [&] { return product(all.postgres, all.workspace, Work::row_looked_at); }},
      {"batch", fmt::format("libpq, transactions of {}", at_once), peer(PostgresRows::Shape::one_batch)},
      {"connections", fmt::format("libpq, connections: {}", at_once),
       peer(PostgresRows::Shape::many_connections)},
  };
  return race;
}

// Why readers of `changes` are told after the commit and not by a NOTIFY inside it.
Race notify_race(Databases& all, int at_once) {
  Race race{
      fmt::format("notify_{}", at_once), at_once, [&] { return count_postgres_so_far(all.server); }, {}};
  race.runners = {
      {"product", "told after commit",
       [&] { return product(all.postgres, all.workspace, Work::told_after_commit); }},
      {"inside", "NOTIFY inside each unit",
       [&] { return product(all.postgres, all.workspace, Work::told_inside); }},
  };
  return race;
}

std::vector<Race> all_races(Databases& all) {
  std::vector<Race> races;
  for (const int at_once : {1, 8, 64}) races.push_back(sqlite_race(all, at_once));
  for (const int at_once : {1, 8, 64}) races.push_back(postgres_race(all, at_once));
  for (const int at_once : {8, 64}) races.push_back(notify_race(all, at_once));
  return races;
}

void print_head() {
  fmt::print("{:<38} {:>7} {:>9} {:>8} {:>8} {:>8} {:>8} {:>12} {:>11}\n", "", "at once", "units/s",
             "product", "cpu us", "p50 ms", "p99 ms", "units/commit", "fsyncs/unit");
}

void print_race(const Race& race, const std::vector<Finish>& finishes) {
  for (std::size_t i = 0; i < finishes.size(); ++i) {
    const auto& [standing, units_per_commit, fsyncs_per_unit] = finishes[i];
    const std::string ratio = i == 0 ? "" : fmt::format("{:.2f}x", standing.rate_ratio);
    fmt::print("{:<38} {:>7} {:>9.0f} {:>8} {:>8.1f} {:>8.2f} {:>8.2f} {:>12.1f} {:>11.3f}\n",
               (i == 0 ? "" : "  beside ") + race.runners[i].says, race.at_once, standing.rate, ratio,
               standing.cpu_us_per_unit, standing.p50_ms, standing.p99_ms, units_per_commit, fsyncs_per_unit);
  }
  std::fflush(stdout);
}

struct Raced {
  Race race;
  std::vector<Finish> finishes;
};

Report report_on(const std::vector<Raced>& all) {
  Report report{"store"};
  for (const auto& [race, finishes] : all) {
    for (std::size_t i = 0; i < finishes.size(); ++i) {
      const auto& [standing, units_per_commit, fsyncs_per_unit] = finishes[i];
      const std::string& runner = race.runners[i].name;
      if (i > 0) report.ratios.push_back({fmt::format("{}_to_{}", race.name, runner), standing.rate_ratio});
      report.figures.push_back({race.name + '_' + runner,
                                {{"units_per_second", standing.rate},
                                 {"cpu_us_per_unit", standing.cpu_us_per_unit},
                                 {"p50_ms", standing.p50_ms},
                                 {"p99_ms", standing.p99_ms},
                                 {"units_per_commit", units_per_commit},
                                 {"fsyncs_per_unit", fsyncs_per_unit}}});
    }
  }
  return report;
}

void run(const Wishes& wishes) {
  count_sqlite();
  Databases databases;
  std::vector<Raced> raced;
  print_head();
  for (Race& race : all_races(databases)) {
    if (!race.name.contains(wishes.only)) continue;
    auto finishes = run_race(race, wishes.rounds);
    print_race(race, finishes);
    raced.push_back({std::move(race), std::move(finishes)});
  }
  fmt::print("{}\n", as_json(report_on(raced)));
}

}  // namespace
}  // namespace ringdown::bench

int main(int argc, char** argv) {
  try {
    ringdown::bench::run(ringdown::bench::read_wishes(argc, argv));
    return 0;
  } catch (const std::exception& problem) {
    fmt::print(stderr, "{}\n", problem.what());
    return 1;
  }
}
