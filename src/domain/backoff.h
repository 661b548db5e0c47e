// When to try a delivery again: twice as long after each failure, up to a bound, and then never.
#pragma once

#include <optional>

#include "base/time.h"

namespace ringdown {

struct Backoff {
  Span first = 30s;
  Span longest = 1h;
  int tries_max = 10;
};

// `tries` have failed by `now`. `jitter` in [0, 1) spreads what failed together: up to a quarter longer.
std::optional<Time> next_try(const Backoff&, int tries, Time now, double jitter);

}  // namespace ringdown
