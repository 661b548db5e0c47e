// The product as a contender: coroutines on one io loop, each awaiting one unit of work after the other.
#pragma once

#include <memory>

#include "ports/db.h"
#include "tests/bench/contender.h"

namespace ringdown::bench {

enum class Telling {
  nobody,
  after_commit,        // as the product does it
  inside_transaction,  // NOTIFY as part of each unit; PostgreSQL only
};

class Product : public Contender {
 public:
  Product(std::unique_ptr<Db> db, Workspace workspace, Telling telling = Telling::nobody)
      : db_(std::move(db)), workspace_(workspace), telling_(telling) {}

  Load run(int at_once, Span length) override;

 private:
  Task<void> write_until(SteadyClock::time_point end, Load& load);

  std::unique_ptr<Db> db_;
  Workspace workspace_;
  Telling telling_;
};

}  // namespace ringdown::bench
