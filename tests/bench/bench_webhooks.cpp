// ./dev bench webhooks [--rounds N] [--only sqlite|postgres]: callbacks of Twilio's through the HTTP face,
// verified, counted once and durable before they are answered, beside bare inserts of as many rows on the
// same database; then a burst of ten times as many at once, of which none may be lost. The last line is JSON.
#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"
#include "tests/bench/hook_node.h"
#include "tests/bench/http_load.h"
#include "tests/bench/peers/postgres_rows.h"
#include "tests/bench/peers/sqlite_rows.h"

namespace ringdown::bench {
namespace {

using test::FreshStore;
using test::PostgresServer;
using test::StoreKind;

constexpr int at_once = 64;
constexpr int at_once_in_burst = 10 * at_once;
constexpr double burst_seconds = 10;
constexpr std::size_t calls_per_round = 200;
constexpr Span insert_slice = 200ms;

struct Told {
  std::vector<CallId> calls;
  std::vector<std::string> requests;
  Load load;
};

// Tells the life of so many calls, and looks whether every moment of it was kept.
Told tell(HookNode& node, std::size_t calls, int connections) {
  Told told{.calls = node.add_calls(calls), .requests = {}, .load = {}};
  told.requests = node.reports_on(told.calls);
  std::size_t next = 0;
  HttpLoad http(node.port(), [&] { return std::string_view(told.requests[next++]); }, connections);
  const double before = cpu_us_of_this_process();
  told.load = http.run(told.requests.size());
  told.load.cpu_us = cpu_us_of_this_process() - before;

  const std::size_t kept = node.kept_of(told.calls);
  if (kept != calls * HookNode::moments)
    throw std::runtime_error(fmt::format("of {} moments {} were kept", calls * HookNode::moments, kept));
  return told;
}

std::unique_ptr<Contender> batched_inserts(const FreshStore& rows, PostgresServer* server) {
  const Workspace workspace = test::a_workspace(*rows.open());
  if (!server) return std::make_unique<SqliteRows>(rows.database(), workspace);
  return std::make_unique<PostgresRows>(server->boss_url(rows.database()), workspace,
                                        PostgresRows::Shape::one_batch);
}

void print(const std::string& says, const Standing& standing, const std::string& ratio = "") {
  fmt::print("{:<58} {:>9.0f} {:>8} {:>8.0f} {:>8.2f} {:>8.2f}\n", says, standing.rate, ratio,
             standing.cpu_us_per_unit, standing.p50_ms, standing.p99_ms);
  std::fflush(stdout);
}

std::vector<Figure> figures_of(const Standing& standing) {
  return {{"per_second", standing.rate},
          {"cpu_us", standing.cpu_us_per_unit},
          {"p50_ms", standing.p50_ms},
          {"p99_ms", standing.p99_ms}};
}

std::vector<Standing> race(HookNode& node, Contender& inserts, int rounds) {
  const auto insert = [&] {
    const double before = cpu_us_of_this_process();
    Load load = inserts.run(at_once, insert_slice);
    load.cpu_us = cpu_us_of_this_process() - before;
    return load;
  };
  tell(node, calls_per_round, at_once);
  return run_rounds({[&] { return tell(node, calls_per_round, at_once).load; }, insert}, rounds);
}

// As long as a rush, with ten times as many who wait at once.
void burst(HookNode& node, const std::string& name, double rate, Report& report) {
  const auto calls = static_cast<std::size_t>(rate * burst_seconds / HookNode::moments / 1.1) + 1;
  const Load load = tell(node, calls, at_once_in_burst).load;
  const double slowest = static_cast<double>(std::ranges::max(load.waits_ms));
  fmt::print("  {} at once for {:.1f} s: {} of {} kept, none refused, the last answered after {:.0f} ms\n",
             at_once_in_burst, load.seconds, load.units, load.units, slowest);
  report.figures.push_back({name + "_burst",
                            {{"seconds", load.seconds},
                             {"told", static_cast<double>(load.units)},
                             {"lost", 0},
                             {"per_second", load.rate()},
                             {"slowest_ms", slowest}}});
}

void run_store(StoreKind kind, int rounds, Report& report) {
  std::optional<PostgresServer> server;
  if (kind == StoreKind::postgres) server.emplace(PostgresServer::Durability::real);
  PostgresServer* database = server ? &*server : nullptr;
  const FreshStore store(kind, database);
  const FreshStore rows(kind, database);
  const auto inserts = batched_inserts(rows, database);
  HookNode node(store);

  const std::string name = test::to_text(kind);
  const auto standings = race(node, *inserts, rounds);
  print(fmt::format("callbacks, {}, {} at once", name, at_once), standings[0]);
  print(fmt::format("  beside bare INSERT, transactions of {} rows", at_once), standings[1],
        fmt::format("{:.3f}x", standings[1].rate_ratio));
  report.ratios.push_back({name + "_to_insert", standings[1].rate_ratio});
  report.figures.push_back({name + "_callbacks", figures_of(standings[0])});
  report.figures.push_back({name + "_insert", figures_of(standings[1])});
  burst(node, name, standings[0].rate, report);
}

void run(const Wishes& wishes) {
  log::set_level(log::Level::error);
  fmt::print("the load, one in ten of it repeated, shares cores and process with the server\n\n");
  fmt::print("{:<58} {:>9} {:>8} {:>8} {:>8} {:>8}\n", "", "a second", "product", "cpu us", "p50 ms",
             "p99 ms");
  Report report{"webhooks"};
  for (const StoreKind kind : {StoreKind::sqlite, StoreKind::postgres}) {
    if (test::to_text(kind).contains(wishes.only)) run_store(kind, wishes.rounds, report);
  }
  fmt::print("{}\n", as_json(report));
}

}  // namespace
}  // namespace ringdown::bench

int main(int argc, char** argv) {
  try {
    ringdown::bench::run(ringdown::bench::read_wishes(argc, argv, {.rounds = 9}));
    return 0;
  } catch (const std::exception& problem) {
    fmt::print(stderr, "{}\n", problem.what());
    return 1;
  }
}
