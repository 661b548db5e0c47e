// Being woken: what one node commits, the readers of every node hear of, also while their own node has
// something to say.
#include <doctest/doctest.h>

#include "tests/contention/cluster.h"
#include "tests/contention/ledger.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

// Reads whenever the bell rings, until it has `wanted` more; says what it got when the bell rings no more.
class Reader {
 public:
  Reader(Db& db, Bell& bell) : db_(db), bell_(bell) {}

  std::size_t hear(std::size_t wanted) {
    std::size_t heard = 0;
    while (heard < wanted) {
      const auto rung = bell_.rung();
      const auto [found, held_back] = await(db_.instance_read([this](Tx& tx) {
        return std::pair(store::changes_after(tx, at_, 10), store::changes_held_back(tx));
      }));
      heard += found.size();
      if (!found.empty()) at_ = found.back().position();
      if (found.empty() && !held_back && !bell_.rings_after(rung)) break;
    }
    return heard;
  }

 private:
  Db& db_;
  Bell& bell_;
  store::ChangePosition at_;
};

}  // namespace

TEST_CASE("two nodes that write at the same moment both hear of both") {
  std::array<Bell, 2> bells;
  Cluster cluster(StoreKind::postgres);
  const Workspace clinic = a_workspace(cluster.node(0), 1);
  std::array readers{Reader(cluster.node(0), bells[0]), Reader(cluster.node(1), bells[1])};
  for (int n = 0; n < 2; ++n)
    cluster.node(n).on_change([&bells, n] { bells[static_cast<std::size_t>(n)].ring(); });

  for (int round = 0; round < 150; ++round) {
    CAPTURE(round);
    std::array<std::size_t, 2> heard{};
    side_by_side(
        [&](int n) {
          await(cluster.node(n).write(clinic,
                                      [](Tx& tx) { store::add_change(tx, "lead", std::nullopt, tuesday); }));
          heard[static_cast<std::size_t>(n)] = readers[static_cast<std::size_t>(n)].hear(2);
        },
        2);
    REQUIRE(heard[0] == 2);
    REQUIRE(heard[1] == 2);
  }
}
