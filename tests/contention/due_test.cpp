// What is due: a unit that brings work while a round looks at its workspace is seen by it, or has the last
// word on when the next round is.
#include "store/due.h"

#include <doctest/doctest.h>

#include "domain/line.h"
#include "store/line.h"
#include "store/sql.h"
#include "tests/contention/cluster.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr int rounds = 150;

Time moment_of(int round) {
  return tuesday + round * 1min;
}

// Says so and takes a while, as units do that bring much.
void bring_work(Db& db, Workspace workspace, int round) {
  await(db.write(workspace, [round](Tx& tx) {
    const Uuid subject = nth<struct SubjectTag>(static_cast<std::uint64_t>(round + 1)).value;
    store::put_in_line(tx, {.lane = asked_lane,
                            .subject = subject,
                            .phone = "+12125550100",
                            .state = LineState::waiting,
                            .ready_at = moment_of(round)});
    store::make_due_by(tx, store::dial_work, moment_of(round));
    for (int i = 0; i < round % 7; ++i) store::next_in_line(tx);
  }));
}

// Its lease is over at once: rounds overlap, and a moment of the lease says nothing.
void go_round(Db& db, Workspace workspace, int round) {
  const bool taken = await(db.write(workspace, [round](Tx& tx) {
    return store::take_due(tx, store::dial_work, moment_of(round), moment_of(round));
  }));
  if (!taken) return;
  await(db.write(workspace, [](Tx& tx) {
    const auto next = store::next_in_line(tx);
    store::next_in_line(tx);
    store::make_due_at(tx, store::dial_work, next);
  }));
}

std::optional<Time> due(Db& db, Workspace workspace) {
  return await(db.read(workspace, [](Tx& tx) { return tx.row<Time>(sql::due_at, {store::dial_work}); }));
}

void everybody_is_called(Db& db, Workspace workspace) {
  await(db.write(workspace, [](Tx& tx) {
    while (const auto next = store::next_in_line(tx)) {
      for (const LinePlace& place : store::due_in_line(tx, *next, 10)) {
        store::leave_line(tx, place.lane, place.subject);
      }
    }
  }));
}

}  // namespace

TEST_CASE("work that comes while a round looks is not forgotten") {
  for (const StoreKind kind : contended_stores) {
    CAPTURE(to_text(kind));
    Cluster cluster(kind);
    const Workspace clinic = a_workspace(cluster.node(0), 1);
    for (int round = 0; round < rounds; ++round) {
      await(cluster.node(0).write(
          clinic, [round](Tx& tx) { store::make_due_by(tx, store::dial_work, moment_of(round)); }));

      side_by_side(
          [&](int n) {
            if (n == 0)
              bring_work(cluster.node(0), clinic, round);
            else
              go_round(cluster.node(1), clinic, round);
          },
          3);

      const auto next = due(cluster.node(0), clinic);
      REQUIRE_MESSAGE(next.has_value(), "in round ", round);
      REQUIRE_MESSAGE(*next <= moment_of(round), "in round ", round);
      everybody_is_called(cluster.node(0), clinic);
    }
  }
}
