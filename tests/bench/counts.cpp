#include "tests/bench/counts.h"

#include <cstdlib>
#include <string>

#include "tests/bench/sqlite_counts.h"

namespace ringdown::bench {

Counts count_sqlite_so_far() {
  const SqliteCounts counts = sqlite_counts();
  return {static_cast<double>(counts.fsyncs), static_cast<double>(counts.commits)};
}

// Once the backends have left, which is when they hand in their counts.
Counts count_postgres_so_far(const test::PostgresServer& server) {
  const auto ask = [&](const std::string& sql) {
    return std::strtod(server.as_boss("postgres", sql).c_str(), nullptr);
  };
  while (ask("SELECT count(*) FROM pg_stat_activity WHERE datname <> 'postgres' AND backend_type = 'client "
             "backend'") > 0) {
  }
  return {ask("SELECT wal_sync FROM pg_stat_wal"),
          ask("SELECT sum(xact_commit) FROM pg_stat_database WHERE datname <> 'postgres'")};
}

}  // namespace ringdown::bench
