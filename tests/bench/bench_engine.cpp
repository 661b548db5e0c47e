// ./dev bench engine [--rounds N] [--only sqlite|postgres] [--sizes N,N,...]: batches claimed from lines of
// different lengths and what happens to calls made durable, by the product's own units, beside the barest
// claim and insert on the same database. The last line is JSON.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "base/log.h"
#include "tests/bench/claim_watch.h"
#include "tests/bench/counts.h"
#include "tests/bench/dialer.h"
#include "tests/bench/peers/bare_claims.h"
#include "tests/bench/peers/postgres_rows.h"
#include "tests/bench/peers/sqlite_rows.h"
#include "tests/bench/sqlite_counts.h"

namespace ringdown::bench {
namespace {

using test::FreshStore;
using test::PostgresServer;
using test::StoreKind;

constexpr int claims_per_round = 8;
constexpr int recorded_batches = 4;
constexpr int rows_per_insert = 64;
constexpr Span insert_slice = 200ms;
constexpr int watched_claims = 9;

std::string short_size(std::uint64_t leads) {
  if (leads % 1'000'000 == 0) return fmt::format("{}m", leads / 1'000'000);
  return fmt::format("{}k", leads / 1'000);
}

// A line of one length, and a bare one of the same.
class Lines {
 public:
  Lines(StoreKind kind, PostgresServer* server, std::uint64_t leads)
      : store_(kind, server), ready_(open_campaign(*store_.open(), leads)) {
    const auto begun = SteadyClock::now();
    if (kind == StoreKind::sqlite) {
      std::ofstream(bare_dir_ / "bare.db");
      fill_line(*sqlite_bulk(store_.database()), ready_);
      fill_bare_line(*sqlite_bulk(bare_dir_ / "bare.db"), ready_);
      bare_ = bare_sqlite_claims(bare_dir_ / "bare.db", ready_.lane);
    } else {
      const std::string bare = server->new_database();
      fill_line(*postgres_bulk(*server, store_.database()), ready_);
      fill_bare_line(*postgres_bulk(*server, bare), ready_);
      bare_ = bare_postgres_claims(server->boss_url(bare), ready_.lane);
    }
    fmt::print("  {} leads lined up in {:.0f} s\n", leads, ms_since(begun) / 1e3);
    std::fflush(stdout);
    dialer_ = std::make_unique<Dialer>(store_.open(), ready_.workspace);
  }

  const ReadyLeads& ready() const { return ready_; }
  const FreshStore& store() const { return store_; }
  Dialer& dialer() { return *dialer_; }
  BareClaims& bare() { return *bare_; }
  void close() {
    dialer_.reset();
    bare_.reset();
  }

 private:
  FreshStore store_;
  ReadyLeads ready_;
  test::TempDir bare_dir_;
  std::unique_ptr<BareClaims> bare_;
  std::unique_ptr<Dialer> dialer_;
};

struct Runner {
  std::string name;  // as in the JSON
  std::string says;  // as in the table
  std::function<Load()> run;
};

std::vector<Standing> race(const std::vector<Runner>& runners, int rounds) {
  std::vector<std::function<Load()>> contenders;
  for (const Runner& runner : runners) contenders.push_back(runner.run);
  return run_rounds(contenders, rounds);
}

void print_head(const char* what) {
  fmt::print("\n{:<52} {:>10} {:>9} {:>9} {:>9}\n", what, "a second", "p50 ms", "p99 ms", "product");
}

void print(const std::string& says, const Standing& standing, const std::string& ratio = "") {
  fmt::print("{:<52} {:>10.1f} {:>9.2f} {:>9.2f} {:>9}\n", says, standing.rate, standing.p50_ms,
             standing.p99_ms, ratio);
  std::fflush(stdout);
}

std::vector<Figure> figures_of(const Standing& standing) {
  return {{"per_second", standing.rate}, {"p50_ms", standing.p50_ms}, {"p99_ms", standing.p99_ms}};
}

// One store, with a line of every size at once, so that each round sees them all.
class Contest {
 public:
  Contest(StoreKind kind, PostgresServer* server, const Wishes& wishes, Report& report)
      : kind_(kind), server_(server), rounds_(wishes.rounds), report_(report), name_(to_text(kind)) {
    fmt::print("{}\n", name_);
    for (const std::uint64_t leads : wishes.sizes)
      lines_.push_back(std::make_unique<Lines>(kind, server, leads));
  }

  void run() {
    print_head("claims of 32, by the length of the line");
    race_lengths("claim", "Ringdown", [](Lines& lines) { return lines.dialer().claim(claims_per_round); });
    race_lengths("bare_claim", "bare UPDATE",
                 [](Lines& lines) { return lines.bare().run(claims_per_round); });
    for (const auto& lines : lines_) race_bare(*lines);
    print_head("what happens to calls, 64 at once");
    race_insert();
    for (const auto& lines : lines_) lines->close();
    count(*lines_.front());
  }

 private:
  std::string size_of(const Lines& lines) const { return short_size(lines.ready().leads); }

  // How much dearer a longer line is.
  void race_lengths(const std::string& what, const std::string& says, Load (*claim)(Lines&)) {
    std::vector<Runner> runners;
    for (const auto& lines : lines_) {
      runners.push_back({size_of(*lines), fmt::format("{}, {} in line", says, lines->ready().leads),
                         [&lines, claim] { return claim(*lines); }});
    }
    const auto standings = race(runners, rounds_);
    for (std::size_t i = 0; i < runners.size(); ++i) {
      const std::string name = fmt::format("{}_{}_{}", name_, what, runners[i].name);
      const double cost = standings[i].rate_ratio;
      print(runners[i].says, standings[i], i == 0 ? "" : fmt::format("costs {:.2f}x", cost));
      report_.figures.push_back({name, figures_of(standings[i])});
      if (i > 0) report_.ratios.push_back({fmt::format("{}_over_{}", name, runners[0].name), cost});
    }
  }

  void race_bare(Lines& lines) {
    beside({{"claim_" + size_of(lines), fmt::format("Ringdown, {} in line", lines.ready().leads),
             [&] { return lines.dialer().claim(claims_per_round); }},
            {"bare", "bare UPDATE of 32", [&] { return lines.bare().run(claims_per_round); }}},
           false);
  }

  void race_insert() {
    Lines& longest = *lines_.back();
    const FreshStore rows(kind_, server_);
    const Workspace workspace = test::a_workspace(*rows.open());
    const auto inserts = batched_inserts(rows, workspace);
    beside({{"transitions", fmt::format("Ringdown, recorded facts, {} in line", longest.ready().leads),
             [&] { return longest.dialer().record(recorded_batches); }},
            {"insert", fmt::format("bare INSERT, transactions of {} rows", rows_per_insert),
             [&] { return inserts->run(rows_per_insert, insert_slice); }}},
           true);
    int given_up = 0;
    for (const auto& lines : lines_) given_up += lines->dialer().given_up();
    fmt::print("facts told again, because the store gave up: {}\n", given_up);
    report_.figures.push_back({name_ + "_recording", {{"told_again", static_cast<double>(given_up)}}});
  }

  std::unique_ptr<Contender> batched_inserts(const FreshStore& rows, Workspace workspace) const {
    if (kind_ == StoreKind::sqlite) return std::make_unique<SqliteRows>(rows.database(), workspace);
    return std::make_unique<PostgresRows>(server_->boss_url(rows.database()), workspace,
                                          PostgresRows::Shape::one_batch);
  }

  // The product and its peer.
  void beside(const std::vector<Runner>& pair, bool with_figures) {
    const auto standings = race(pair, rounds_);
    print(pair[0].says, standings[0]);
    print("  beside " + pair[1].says, standings[1], fmt::format("{:.3f}x", standings[1].rate_ratio));
    report_.ratios.push_back(
        {fmt::format("{}_{}_to_{}", name_, pair[0].name, pair[1].name), standings[1].rate_ratio});
    if (!with_figures) return;
    for (const std::size_t i : {0, 1}) {
      report_.figures.push_back({name_ + '_' + pair[i].name, figures_of(standings[i])});
    }
  }

  // ---- what is counted ----

  void count(const Lines& lines) {
    if (server_ != nullptr) calm_background();
    std::vector<double> fsyncs;
    ClaimSeen seen;
    for (int i = 0; i < watched_claims; ++i) {
      seen = watch(lines, watching_begins + std::chrono::minutes(i));
      fsyncs.push_back(seen.fsyncs);
    }
    std::ranges::sort(fsyncs);
    const double median = fsyncs[fsyncs.size() / 2];
    fmt::print("\n{} statements to claim a batch of 32:", seen.statements_in_all());
    for (const auto& [name, times] : seen.statements)
      fmt::print(" {}{}", name, times > 1 ? fmt::format(" x{}", times) : "");
    fmt::print("\nfsyncs before the request: {} ({} to {} in {} batches)\n\n", median, fsyncs.front(),
               fsyncs.back(), fsyncs.size());
    std::fflush(stdout);
    report_.figures.push_back({name_ + "_counts",
                               {{"statements_per_batch", static_cast<double>(seen.statements_in_all())},
                                {"fsyncs_before_request", median},
                                {"fsyncs_before_request_most", fsyncs.back()}}});
  }

  // What nobody waits for (a NOTIFY, rows tidied up while reading) PostgreSQL's own writer forces to the
  // disk, five times a second; and it counts as well.
  void calm_background() const {
    server_->as_boss("postgres", "ALTER SYSTEM SET wal_writer_delay = '10s'");
    server_->as_boss("postgres", "ALTER SYSTEM SET autovacuum = off");
    server_->as_boss("postgres", "SELECT pg_reload_conf()");
  }

  ClaimSeen watch(const Lines& lines, Time now) const {
    auto db = lines.store().open();
    make_ready(*db, lines.ready(), now);
    if (kind_ == StoreKind::sqlite) return watch_claim(*db, now, [] { return count_sqlite_so_far().fsyncs; });

    // PostgreSQL tells only of sessions that are over: this one claims and does nothing else.
    db.reset();
    const double before = count_postgres_so_far(*server_).fsyncs;
    db = lines.store().open();
    ClaimSeen seen = watch_claim(*db, now, [] { return 0.0; });
    db.reset();
    seen.fsyncs = count_postgres_so_far(*server_).fsyncs - before;
    return seen;
  }

  StoreKind kind_;
  PostgresServer* server_;
  int rounds_;
  Report& report_;
  std::string name_;
  std::vector<std::unique_ptr<Lines>> lines_;
};

void run(Wishes wishes) {
  log::set_level(log::Level::warn);
  count_sqlite();
  std::ranges::sort(wishes.sizes);
  Report report{"engine"};
  if (std::string("sqlite").contains(wishes.only)) Contest(StoreKind::sqlite, nullptr, wishes, report).run();
  if (std::string("postgres").contains(wishes.only)) {
    PostgresServer server(PostgresServer::Durability::real);
    Contest(StoreKind::postgres, &server, wishes, report).run();
  }
  fmt::print("{}\n", as_json(report));
}

}  // namespace
}  // namespace ringdown::bench

int main(int argc, char** argv) {
  try {
    ringdown::bench::run(
        ringdown::bench::read_wishes(argc, argv, {.rounds = 15, .sizes = {50'000, 1'000'000, 5'000'000}}));
    return 0;
  } catch (const std::exception& problem) {
    fmt::print(stderr, "{}\n", problem.what());
    return 1;
  }
}
