// The product and its peers on a database side by side, in short slices in turn.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "tests/bench/contender.h"
#include "tests/bench/counts.h"

namespace ringdown::bench {

struct Runner {
  std::string name;  // as in the JSON
  std::string says;  // as in the table
  std::function<std::unique_ptr<Contender>()> open;
};

struct Race {
  std::string name;
  int at_once;
  std::function<Counts()> counts;  // so far; asked when nothing is open
  std::vector<Runner> runners;     // the first is the product
};

struct Finish {
  Standing standing{};  // the CPU time is this process's; PostgreSQL's own is not in it
  double units_per_commit = 0;
  double fsyncs_per_unit = 0;
};

std::vector<Finish> run_race(const Race&, int rounds);

}  // namespace ringdown::bench
