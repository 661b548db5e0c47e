// The product as a contender: coroutines on one io loop, each awaiting one unit of work after the other.
#pragma once

#include <memory>

#include "ports/db.h"
#include "tests/bench/contender.h"

namespace ringdown::bench {

// What a unit does: write one row, and something more.
enum class Work {
  row,
  row_looked_at,      // waits for what the database says of it
  told_after_commit,  // announces it
  told_inside,        // NOTIFY as part of the transaction; PostgreSQL only
};

class Product : public Contender {
 public:
  Product(std::unique_ptr<Db> db, Workspace workspace, Work work = Work::row)
      : db_(std::move(db)), workspace_(workspace), work_(work) {}

  Load run(int at_once, Span length) override;

 private:
  Task<void> write_until(SteadyClock::time_point end, Load& load);

  std::unique_ptr<Db> db_;
  Workspace workspace_;
  Work work_;
};

}  // namespace ringdown::bench
