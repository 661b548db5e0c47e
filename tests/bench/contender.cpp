#include "tests/bench/contender.h"

#include <atomic>

namespace ringdown::bench {

Uuid next_row_id() {
  static std::atomic<std::uint64_t> last = 0;
  const std::uint64_t n = ++last;
  return uuid_v7(row_time + std::chrono::milliseconds(n), {n, n});
}

}  // namespace ringdown::bench
