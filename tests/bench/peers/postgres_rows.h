// The bare peers on PostgreSQL: libpq in pipeline mode, one prepared INSERT, the product's isolation and
// settings. As the superuser, so without roles, row-level security and the tenant's set_config; BEGIN, rows
// and COMMIT go out in one round trip. A batch is one connection with all rows in one transaction, the
// fastest plain way to insert them; the other peer has the product's concurrency: as many connections, each
// with a transaction of its own per row.
#pragma once

#include <string>

#include "tests/bench/contender.h"

struct pg_conn;

namespace ringdown::bench {

class PostgresRows : public Contender {
 public:
  enum class Shape { one_batch, many_connections };

  PostgresRows(std::string url, Workspace workspace, Shape shape);
  ~PostgresRows() override;

  Load run(int at_once, Span length) override;

 private:
  Load run_batches(pg_conn*, int rows, Span length);
  void commit_rows(pg_conn*, int count);

  std::string url_;
  std::string workspace_;
  Shape shape_;
  std::vector<pg_conn*> connections_;
};

}  // namespace ringdown::bench
