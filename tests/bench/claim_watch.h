// Watches the product's own loop of dialing from the moment that work is due to the requests of one batch:
// what the unit that claims asks the database, and how many fsyncs lie before a request.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "tests/bench/bulk.h"

namespace ringdown::bench {

struct ClaimSeen {
  std::map<std::string, int> statements;  // by name, of the unit that claimed; one for a set of rows
  double fsyncs = 0;                      // from the unit's beginning to the first request

  int statements_in_all() const;
};

// Calls that are out end, and work is due now; a unit of its own.
void make_ready(Db&, const ReadyLeads&, Time now);

// One batch, up to its last request, which no carrier answers. After the claim only reads are let through to
// the database: that the requests come nevertheless shows that they need no other write. `fsyncs_so_far` is
// asked twice.
ClaimSeen watch_claim(Db&, Time now, const std::function<double()>& fsyncs_so_far);

}  // namespace ringdown::bench
