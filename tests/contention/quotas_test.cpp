// Counters: a limit is used up, and never overrun, whoever asks.
#include <doctest/doctest.h>

#include "store/coordination.h"
#include "tests/contention/cluster.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr Statement used_of("used_of", Scope::instance, "SELECT used FROM quotas WHERE name = ?1",
                            "SELECT used FROM quotas WHERE name = $1", 1, false);

bool take(Db& db, Time window, std::int64_t limit) {
  return await(db.instance([=](Tx& tx) { return store::take_quota(tx, "calls", window, limit); }));
}

}  // namespace

TEST_CASE("a limit is used up exactly, however many ask at once") {
  for (const StoreKind kind : contended_stores) {
    CAPTURE(to_text(kind));
    Cluster cluster(kind);

    for (int window = 0; window < 4; ++window) {
      std::atomic<int> taken = 0;
      side_by_side([&](int n) {
        for (int i = 0; i < 8; ++i)
          taken += take(cluster.node(n), tuesday + std::chrono::hours(window), 37) ? 1 : 0;
      });

      CHECK(taken == 37);
      const auto used = await(
          cluster.node(0).instance_read([](Tx& tx) { return tx.row<std::int64_t>(used_of, {"calls"}); }));
      CHECK(used == 37);
    }
  }
}

TEST_CASE("no window is overrun by those who come late from another") {
  for (const StoreKind kind : contended_stores) {
    CAPTURE(to_text(kind));
    Cluster cluster(kind);
    std::array<std::atomic<int>, 6> taken{};

    side_by_side([&](int n) {
      for (std::size_t window = 0; window < taken.size(); ++window) {
        for (int i = 0; i < 4; ++i) {
          taken[window] += take(cluster.node(n), tuesday + std::chrono::hours(window), 9) ? 1 : 0;
        }
      }
    });

    for (const auto& one : taken) CHECK(one <= 9);
    CHECK(taken.back() == 9);
  }
}
