// What a database did so far, counted outside the product; asked when nobody has it open.
#pragma once

#include "tests/support/postgres_server.h"

namespace ringdown::bench {

struct Counts {
  double fsyncs = 0;
  double commits = 0;
};

Counts count_sqlite_so_far();  // since count_sqlite()
Counts count_postgres_so_far(const test::PostgresServer&);

}  // namespace ringdown::bench
