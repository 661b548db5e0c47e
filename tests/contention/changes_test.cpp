// Readers of changes: whatever was committed arrives once and in one order for all, however long its
// transaction took.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "store/sql.h"
#include "tests/contention/cluster.h"
#include "tests/contention/ledger.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

using store::Change;
using store::ChangePosition;

constexpr int writers = threads / 2;
constexpr int units_each = 40;

// What one unit will do, known before it runs, so that the ledger is too.
struct Planned {
  std::vector<Uuid> changes;
  int dawdles;  // questions asked between the first change and the others
  bool kept;
};

std::vector<Planned> plan_of(int writer) {
  std::minstd_rand chance(static_cast<unsigned>(writer) + 1);
  std::vector<Planned> plan;
  for (int unit = 0; unit < units_each; ++unit) {
    Planned planned{{}, chance() % 4 == 0 ? 30 : static_cast<int>(chance() % 4), chance() % 6 != 0};
    for (unsigned i = 0; i <= chance() % 3; ++i) {
      const auto n = static_cast<std::uint64_t>(writer * 10'000 + unit * 10) + i;
      planned.changes.push_back(nth<struct EntityTag>(n).value);
    }
    plan.push_back(std::move(planned));
  }
  return plan;
}

void write(Db& db, Workspace workspace, const Planned& planned) {
  const auto kept = await(db.write(workspace, [&](Tx& tx) -> Result<int> {
    for (const Uuid& entity : planned.changes) {
      store::add_change(tx, "lead", entity, tuesday);
      if (entity != planned.changes.front()) continue;
      for (int i = 0; i < planned.dawdles; ++i) tx.row<Time>(sql::due_at, {"nothing"});
    }
    if (!planned.kept) return fail(Reason::conflict, "not kept");
    return 1;
  }));
  CHECK(kept.has_value() == planned.kept);
}

struct Look {
  std::vector<Change> changes;
  bool held_back;
};

Look look(Db& db, ChangePosition from) {
  return await(db.instance_read(
      [=](Tx& tx) { return Look{store::changes_after(tx, from, 7), store::changes_held_back(tx)}; }));
}

// Reads until it has `wanted`, woken by nothing but the store. One that nobody wakes comes back with less.
std::vector<Change> read_changes(Db& db, Bell& bell, std::size_t wanted) {
  std::vector<Change> seen;
  ChangePosition at;
  while (seen.size() < wanted) {
    const auto heard = bell.rung();
    const Look found = look(db, at);
    seen.insert(seen.end(), found.changes.begin(), found.changes.end());
    if (!seen.empty()) at = seen.back().position();
    if (found.changes.empty() && !found.held_back && !bell.rings_after(heard)) break;
  }
  return seen;
}

std::vector<Uuid> entities_of(const std::vector<Change>& changes, WorkspaceId workspace) {
  std::vector<Uuid> entities;
  for (const Change& change : changes) {
    if (change.workspace_id == workspace) entities.push_back(*change.entity);
  }
  return entities;
}

}  // namespace

TEST_CASE("every reader on every node gets every committed change once, in one order") {
  for (const StoreKind kind : contended_stores) {
    CAPTURE(to_text(kind));
    std::array<Bell, 2> bells;
    Cluster cluster(kind);
    std::vector<Workspace> workspaces;
    std::vector<std::vector<Planned>> plans;
    std::vector<std::vector<Uuid>> ledger(writers);
    std::size_t total = 0;
    for (int n = 0; n < writers; ++n) {
      workspaces.push_back(a_workspace(cluster.node(n), static_cast<std::uint64_t>(n) + 1));
      plans.push_back(plan_of(n));
      for (const Planned& planned : plans.back()) {
        auto& kept = ledger[static_cast<std::size_t>(n)];
        if (planned.kept) kept.insert(kept.end(), planned.changes.begin(), planned.changes.end());
      }
      total += ledger[static_cast<std::size_t>(n)].size();
    }
    for (int n = 0; n < 2; ++n)
      cluster.node(n).on_change([&bells, n] { bells[static_cast<std::size_t>(n)].ring(); });

    std::array<std::vector<Change>, threads> seen;
    side_by_side([&](int n) {
      const auto index = static_cast<std::size_t>(n);
      if (n >= writers) {
        seen[index] = read_changes(cluster.node(n), bells[index % 2], total);
      } else {
        for (const Planned& planned : plans[index]) write(cluster.node(n), workspaces[index], planned);
      }
    });

    const auto stored = all_changes(cluster.node(0));
    CHECK(stored.size() == total);
    for (int n = 0; n < writers; ++n) {
      const auto index = static_cast<std::size_t>(n);
      CHECK(entities_of(stored, workspaces[index].id()) == ledger[index]);
    }
    for (std::size_t reader = writers; reader < threads; ++reader) {
      REQUIRE(seen[reader].size() == total);
      CHECK(std::ranges::equal(seen[reader], stored, {}, &Change::position, &Change::position));
    }
  }
}

TEST_CASE("a change waits for an older transaction that may still write one") {
  Cluster cluster(StoreKind::postgres);
  const Workspace clinic = a_workspace(cluster.node(0), 1);
  const Workspace agency = a_workspace(cluster.node(0), 2);
  const Uuid first = nth<struct EntityTag>(1).value;
  const Uuid second = nth<struct EntityTag>(2).value;

  LongWrite older(cluster.node(0), clinic, [&](Tx& tx) {
    store::add_change(tx, "lead", first, tuesday);
    tx.row<Time>(sql::due_at, {"anything"});  // an answer: the change has gone ahead of it
  });
  write(cluster.node(1), agency, {{second}, 0, true});
  const Look meanwhile = look(cluster.node(1), {});
  const auto end_meanwhile =
      await(cluster.node(1).instance_read([](Tx& tx) { return store::changes_end(tx); }));
  older.end();
  const Look after = look(cluster.node(1), {});

  CHECK(meanwhile.changes.empty());
  CHECK(meanwhile.held_back);
  CHECK(end_meanwhile == ChangePosition{});
  CHECK_FALSE(after.held_back);
  REQUIRE(after.changes.size() == 2);
  CHECK(after.changes[0].entity == first);
  CHECK(after.changes[1].entity == second);
}

TEST_CASE("a reader learns that a change is held back by a transaction whose end wakes nobody") {
  Cluster cluster(StoreKind::postgres);
  const Workspace clinic = a_workspace(cluster.node(0), 1);
  const Workspace agency = a_workspace(cluster.node(0), 2);

  LongWrite silent(cluster.node(0), clinic, [](Tx& tx) { tx.run(sql::make_due, {"work", tuesday}); });
  write(cluster.node(1), agency, {{nth<struct EntityTag>(1).value}, 0, true});
  const Look meanwhile = look(cluster.node(0), {});
  silent.end();
  const Look after = look(cluster.node(0), {});

  CHECK(meanwhile.changes.empty());
  CHECK(meanwhile.held_back);
  CHECK(after.changes.size() == 1);
  CHECK_FALSE(after.held_back);
}
