// ./dev bench import [--rows N] [--rounds N] [--only sqlite|postgres]: a file of leads from the first byte of
// its upload to the last row, by the real binary, beside the barest way of the same rows into the same
// database. Times count from asking to being done. The last line is JSON.
#include <fmt/format.h>
#include <signal.h>

#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <optional>

#include "tests/bench/api_visitor.h"
#include "tests/bench/lead_file.h"
#include "tests/bench/peers/lead_copy.h"
#include "tests/bench/peers/lead_inserts.h"
#include "tests/bench/process_use.h"
#include "tests/bench/rounds.h"
#include "tests/support/stores.h"

namespace ringdown::bench {
namespace {

using test::FreshStore;
using test::PostgresServer;
using test::StoreKind;

// What only the product is asked about; of its last round.
struct Details {
  CpuUse product;
  CpuUse database;  // PostgreSQL's processes
  MemoryUse memory;
};

struct Runner {
  std::string name;  // as in the JSON
  std::string says;  // as in the table
  std::function<Load()> run;
};

struct Race {
  std::string name;
  std::vector<Runner> runners;  // the first is the product
};

double seconds_since(SteadyClock::time_point begun) {
  return std::chrono::duration<double>(SteadyClock::now() - begun).count();
}

pid_t pid_of(const PostgresServer& server) {
  const auto first_line =
      server.as_boss("postgres", "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)");
  return static_cast<pid_t>(std::strtol(first_line.c_str(), nullptr, 10));
}

void expect_all(const boost::json::object& import, std::uint64_t rows) {
  if (import.at("rows").to_number<std::uint64_t>() == rows) return;
  throw std::runtime_error("not every row was read: " + boost::json::serialize(import));
}

// A server on a store without leads, set up, and a file of leads into it.
Load import_by_product(const std::string& file, std::uint64_t rows, test::Words flags,
                       const PostgresServer* database, Details& details) {
  test::RunningRingdown server(std::move(flags));
  const ApiVisitor visitor(server);
  const auto database_cpu = [&] { return database ? cpu_use_of(pid_of(*database)) : CpuUse{}; };
  const CpuUse product_before = cpu_use_of(server.pid());
  const CpuUse database_before = database_cpu();
  MemoryWatch memory(server.pid());

  const auto begun = SteadyClock::now();
  const auto import = visitor.import(file);
  Load load;
  load.units = rows;
  load.seconds = seconds_since(begun);
  expect_all(import, rows);

  details = {cpu_use_of(server.pid()) - product_before, database_cpu() - database_before, memory.end()};
  load.cpu_us = (details.product.total_s() + details.database.total_s()) * 1e6;
  server.end(SIGTERM);
  return load;
}

class SqliteRace {
 public:
  SqliteRace(const std::string& file, std::uint64_t rows) : file_(file), rows_(rows) {}

  Race race() {
    Race race{"sqlite", {}};
    race.runners = {
        {"product", "Ringdown on SQLite", [this] { return import(); }},
        {"insert", "sqlite3, INSERT, identity index", [this] { return insert(LeadIndexes::identity); }},
        {"insert_all", "sqlite3, INSERT, all indexes", [this] { return insert(LeadIndexes::all); }},
    };
    return race;
  }
  const Details& details() const { return details_; }

 private:
  Load import() {
    data_.emplace();
    return import_by_product(file_, rows_, {"--data", *data_ / "data"}, nullptr, details_);
  }

  Load insert(LeadIndexes indexes) {
    const FreshStore store(StoreKind::sqlite);
    store.open();
    return insert_leads(*data_ / "data/ringdown.db", store.database(), indexes);
  }

  const std::string& file_;
  std::uint64_t rows_;
  std::optional<test::TempDir> data_;
  Details details_;
};

class PostgresRace {
 public:
  PostgresRace(const std::string& file, std::uint64_t rows) : file_(file), rows_(rows) {}

  Race race() {
    Race race{"postgres", {}};
    race.runners = {
        {"product", "Ringdown on PostgreSQL", [this] { return import(); }},
        {"copy", "COPY, then the identity index", [this] { return copy(LeadIndexes::identity); }},
        {"copy_all", "COPY into all indexes and keys", [this] { return copy(LeadIndexes::all); }},
    };
    return race;
  }
  const Details& details() const { return details_; }

 private:
  Load import() {
    const test::TempDir data;
    const FreshStore store(StoreKind::postgres, &server_);
    const Load load = import_by_product(
        file_, rows_, {"--data", data / "data", "--database-url", server_.app_url(store.database())},
        &server_, details_);
    workspaces_ = rows_of_table(server_.boss_url(store.database()), "ringdown.workspaces");
    leads_ = rows_of_table(server_.boss_url(store.database()), "ringdown.leads");
    return load;
  }

  Load copy(LeadIndexes indexes) {
    const FreshStore store(StoreKind::postgres, &server_);
    server_.as_boss("postgres", "CHECKPOINT");
    const double cpu_before = cpu_us_of_this_process();
    const CpuUse database_before = cpu_use_of(pid_of(server_));
    Load load = copy_leads(server_.boss_url(store.database()), workspaces_, leads_, indexes);
    load.cpu_us = cpu_us_of_this_process() - cpu_before +
                  (cpu_use_of(pid_of(server_)) - database_before).total_s() * 1e6;
    return load;
  }

  const std::string& file_;
  std::uint64_t rows_;
  PostgresServer server_{PostgresServer::Durability::real};
  CopiedRows workspaces_;
  CopiedRows leads_;
  Details details_;
};

void print_head(std::uint64_t rows, std::size_t bytes) {
  fmt::print("{} rows, {:.1f} MiB of CSV; seconds from the upload's first byte to the import's end\n\n", rows,
             static_cast<double>(bytes) / (1 << 20));
  fmt::print("{:<40} {:>8} {:>9} {:>8} {:>9} {:>8}\n", "", "s", "rows/s", "product", "cpu us/row", "product");
}

void print_race(const Race& race, const std::vector<Standing>& standings, std::uint64_t rows,
                const Details& details) {
  for (std::size_t i = 0; i < standings.size(); ++i) {
    const Standing& one = standings[i];
    const auto ratio = [&](double value) { return i == 0 ? "" : fmt::format("{:.2f}x", value); };
    fmt::print("{:<40} {:>8.2f} {:>9.0f} {:>8} {:>9.1f} {:>8}\n",
               (i == 0 ? "" : "  beside ") + race.runners[i].says, static_cast<double>(rows) / one.rate,
               one.rate, ratio(1 / one.rate_ratio), one.cpu_us_per_unit, ratio(one.cpu_ratio));
  }
  const auto& [product, database, memory] = details;
  fmt::print("  its CPU: user {:.2f} s, system {:.2f} s; PostgreSQL's: user {:.2f} s, system {:.2f} s\n",
             product.user_s, product.system_s, database.user_s, database.system_s);
  fmt::print(
      "  its memory above idle: {:.0f} MiB at most, {:.0f} without mapped files, of which {:.0f} stayed\n",
      memory.peak_mib, memory.peak_own_mib, memory.after_own_mib);
  std::fflush(stdout);
}

void report_race(const Race& race, const std::vector<Standing>& standings, const Details& details,
                 Report& report) {
  for (std::size_t i = 0; i < standings.size(); ++i) {
    const std::string name = race.name + '_' + race.runners[i].name;
    if (i > 0) {
      report.ratios.push_back({race.name + "_time_to_" + race.runners[i].name, 1 / standings[i].rate_ratio});
      report.ratios.push_back({race.name + "_cpu_to_" + race.runners[i].name, standings[i].cpu_ratio});
    }
    std::vector<Figure> figures{{"rows_per_second", standings[i].rate},
                                {"cpu_us_per_row", standings[i].cpu_us_per_unit}};
    if (i == 0) {
      const auto& [product, database, memory] = details;
      figures.insert(figures.end(), {{"cpu_user_s", product.user_s},
                                     {"cpu_system_s", product.system_s},
                                     {"database_cpu_user_s", database.user_s},
                                     {"database_cpu_system_s", database.system_s},
                                     {"peak_mib_above_idle", memory.peak_mib},
                                     {"peak_own_mib_above_idle", memory.peak_own_mib},
                                     {"own_mib_after", memory.after_own_mib}});
    }
    report.figures.push_back({name, std::move(figures)});
  }
}

template <class Contest>
void run_race(const std::string& file, const Wishes& wishes, Report& report) {
  Contest contest(file, wishes.rows);
  const Race race = contest.race();
  if (!race.name.contains(wishes.only)) return;
  std::vector<std::function<Load()>> contenders;
  for (const Runner& runner : race.runners) contenders.push_back(runner.run);

  const auto standings = run_rounds(contenders, wishes.rounds);
  print_race(race, standings, wishes.rows, contest.details());
  report_race(race, standings, contest.details(), report);
}

void run(const Wishes& wishes) {
  const std::string file = lead_file(wishes.rows);
  print_head(wishes.rows, file.size());
  Report report{"import"};
  run_race<SqliteRace>(file, wishes, report);
  run_race<PostgresRace>(file, wishes, report);
  fmt::print("{}\n", as_json(report));
}

}  // namespace
}  // namespace ringdown::bench

int main(int argc, char** argv) {
  try {
    ringdown::bench::run(ringdown::bench::read_wishes(argc, argv, {.rounds = 1, .rows = 1'000'000}));
    return 0;
  } catch (const std::exception& problem) {
    fmt::print(stderr, "{}\n", problem.what());
    return 1;
  }
}
