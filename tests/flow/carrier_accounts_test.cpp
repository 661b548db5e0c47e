#include "flow/carrier_accounts.h"

#include <doctest/doctest.h>

#include "store/campaigns.h"
#include "store/coordination.h"
#include "store/due.h"
#include "store/line.h"
#include "tests/support/hand_carrier.h"
#include "tests/support/one_look_clock.h"
#include "tests/support/plain_engine.h"
#include "tests/support/stores.h"

using namespace ringdown;
using namespace ringdown::test;

TEST_CASE("calls that waited for a carrier account go out once one is offered, and are not woken again") {
  for (const StoreKind kind : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(kind));
    const FreshStore store(kind);
    const auto db = store.open();
    const Workspace clinic = a_workspace(*db);
    SystemChance chance;
    HandCarrier carrier;
    OneLookClock clock;
    const flow::Engine engine = plain_engine(*db, clock, chance, carrier);
    const auto look = [&] {
      CHECK_THROWS_AS(await(flow::keep_offering_accounts(
                          engine, {{.workspaces = WorkspaceKind::rehearsal, .kind = "test"}})),
                      NothingLeftToDo);
    };
    const auto next_dialing = [&] {
      return await(db->instance_read([](Tx& tx) { return store::next_due(tx, store::dial_work); }));
    };

    look();
    CHECK(await(db->read(clinic, [](Tx& tx) { return store::accounts(tx); })).size() == 1);
    CHECK(next_dialing() == tuesday);

    await(db->write(clinic, [](Tx& tx) { store::take_due(tx, store::dial_work, tuesday, tuesday + 1h); }));
    look();
    CHECK(await(db->read(clinic, [](Tx& tx) { return store::accounts(tx); })).size() == 1);
    CHECK(next_dialing() == tuesday + 1h);
  }
}
