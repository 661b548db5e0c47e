// Leases: one holder at a time, fences that grow, and nothing written by a holder after the lease has passed
// on.
#include <doctest/doctest.h>

#include <map>
#include <random>

#include "store/changes.h"
#include "store/coordination.h"
#include "tests/contention/cluster.h"
#include "tests/contention/ledger.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

using store::Lease;

constexpr auto lease_time = Span(24);  // ticks: every attempt of anybody is one

struct Held {
  Siding siding;
  std::mutex mutex;
  std::map<std::int64_t, std::set<Uuid>> holders;  // by fence
  std::atomic<std::int64_t> written = 0;
  std::atomic<std::int64_t> too_late = 0;

  void note(const Lease& lease) {
    const std::lock_guard lock(mutex);
    holders[lease.fence].insert(lease.holder);
  }
};

// What a holder writes bears the fence; between the question and the writing others have time to come in.
bool write_guarded(Db& db, Workspace clinic, const Lease& lease, Ticks& ticks) {
  return await(db.instance([&](Tx& tx) {
    if (!store::holds_lease(tx, lease, ticks.next())) return false;

    for (int i = 0; i < 3; ++i) store::next_due(tx, "nothing");
    tx.row<store::ChangePosition>(stamp_change,
                                  {clinic.id(), std::to_string(lease.fence), lease.holder, tuesday});
    return true;
  }));
}

void be_a_holder(Db& db, Workspace clinic, int n, Ticks& ticks, Held& held) {
  const Uuid me = nth<struct HolderTag>(static_cast<std::uint64_t>(n)).value;
  std::minstd_rand chance(static_cast<unsigned>(n) + 1);
  std::int64_t last_fence = 0;
  for (int round = 0; round < 30; ++round) {
    const auto lease = await(db.instance([&](Tx& tx) {
      const Time now = ticks.next();
      return store::take_lease(tx, "trim", me, now, now + lease_time);
    }));
    if (!lease) continue;

    held.note(*lease);
    held.siding.come(me);
    CHECK(lease->fence >= last_fence);
    last_fence = lease->fence;
    bool mine = true;
    for (int i = 0; i < 4 && mine; ++i) {
      mine = write_guarded(db, clinic, *lease, ticks);
      ++(mine ? held.written : held.too_late);
    }
    if (mine && chance() % 3 == 0) {
      await(db.instance([&](Tx& tx) { return store::release_lease(tx, *lease, ticks.next()); }));
    }
  }
}

}  // namespace

TEST_CASE("a lease has one holder at a time, and none writes after it has passed on") {
  for (const StoreKind kind : contended_stores) {
    CAPTURE(to_text(kind));
    Cluster cluster(kind);
    const Workspace clinic = a_workspace(cluster.node(0));
    Ticks ticks;
    Held held;

    side_by_side([&](int n) { be_a_holder(cluster.node(n), clinic, n, ticks, held); });

    CHECK(held.holders.size() > 8);
    CHECK(held.too_late > 0);
    for (const auto& [fence, holders] : held.holders) CHECK(holders.size() == 1);

    const auto changes = all_changes(cluster.node(1));
    CHECK(changes.size() == static_cast<std::size_t>(held.written));
    std::int64_t newest = 0;
    for (const auto& change : changes) {
      const std::int64_t fence = std::stoll(change.topic);
      CHECK(fence >= newest);
      CHECK(held.holders[fence].contains(*change.entity));
      newest = fence;
    }
  }
}
