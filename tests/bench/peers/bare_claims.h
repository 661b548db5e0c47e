// The bare peers of a claim: 32 rows taken from the front of a queue and marked, in one transaction, and
// nothing else: no call is written, no rule asked. The queue is a table of six columns with the product's
// index of those who are ready.
#pragma once

#include <memory>

#include "tests/bench/bulk.h"
#include "tests/bench/rounds.h"

namespace ringdown::bench {

class BareClaims {
 public:
  virtual ~BareClaims() = default;

  Load run(int claims);

 protected:
  virtual std::size_t claim() = 0;  // how many rows it got
};

void fill_bare_line(Bulk&, const ReadyLeads&);

std::unique_ptr<BareClaims> bare_sqlite_claims(const std::string& path, LaneId);
std::unique_ptr<BareClaims> bare_postgres_claims(const std::string& url, LaneId);

}  // namespace ringdown::bench
