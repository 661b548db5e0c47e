// The product and its peers side by side: short slices in turn, A B C A B C, so that a disk that changes its
// mind within seconds changes it for all of them. A ratio is the median of the rounds' ratios.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "tests/bench/contender.h"

namespace ringdown::bench {

struct Counts {
  double fsyncs = 0;
  double commits = 0;
};

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
  double rate = 0;             // units per second
  double product_ratio = 0;    // the product's rate over this one's
  double cpu_us_per_unit = 0;  // of this process; PostgreSQL's own is not in it
  double p50_ms = 0;
  double p99_ms = 0;
  double units_per_commit = 0;
  double fsyncs_per_unit = 0;
};

std::vector<Finish> run_race(const Race&, int rounds);

}  // namespace ringdown::bench
