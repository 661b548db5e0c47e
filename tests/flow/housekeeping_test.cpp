// The rounds that throw away what is old, on every database.
#include "flow/housekeeping.h"

#include <doctest/doctest.h>

#include "store/changes.h"
#include "store/coordination.h"
#include "store/imports.h"
#include "store/people.h"
#include "tests/support/hand_clock.h"
#include "tests/support/stores.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const Uuid node_1 = nth<UserTag>(101).value;
const Uuid node_2 = nth<UserTag>(102).value;

// A file of which one chunk came.
void begin_upload(Tx& tx, std::uint64_t n, Time at) {
  store::Import import{};
  import.id = nth<store::ImportTag>(n);
  import.mapping = {"{}"};
  import.region = "US";
  import.created_at = at;
  store::add_import(tx, import);
  store::add_import_chunk(tx, import.id, 0, Bytes(3, 'x'));
}

void leave_things_about(Db& db) {
  const Workspace clinic = a_workspace(db);
  await(db.write(clinic, [](Tx& tx) {
    begin_upload(tx, 1, tuesday - 3h);
    begin_upload(tx, 2, tuesday - 1h);  // may still be coming
    begin_upload(tx, 3, tuesday - 3h);
    store::Import whole{};
    whole.id = nth<store::ImportTag>(3);
    whole.mapping = {"{}"};
    CHECK(store::import_is_whole(tx, whole, tuesday - 3h));
  }));
  for (const Span age : {Span(8 * 24h), Span(7 * 24h + 1min), Span(6 * 24h)}) {
    await(db.write(clinic, [=](Tx& tx) { store::add_change(tx, "lead", {}, tuesday - age); }));
  }
  await(db.instance([](Tx& tx) {
    store::add_user(tx, {nth<UserTag>(1), "ann@example.com", "Ann", {}, tuesday, {}});
    store::add_session(tx, {Bytes(32, 1), nth<UserTag>(1), tuesday - 15 * 24h, {}, tuesday + 1h});  // unused
    store::add_session(tx, {Bytes(32, 2), nth<UserTag>(1), tuesday - 1h, {}, tuesday - 1min});      // over
    store::add_session(tx, {Bytes(32, 3), nth<UserTag>(1), tuesday - 1h, {}, tuesday + 1h});
    store::take_quota(tx, "old", tuesday - 25h, 5);
    store::take_quota(tx, "new", tuesday - 1h, 5);
  }));
}

}  // namespace

TEST_CASE("a round throws away what is old and keeps the rest") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    const FreshStore store(kind);
    const auto db = store.open();
    HandClock clock(tuesday);
    leave_things_about(*db);

    const auto tidied = await(tidy_up(*db, clock, node_1));

    CHECK(tidied == Tidied{.changes = 2, .sessions = 2, .quotas = 1, .uploads = 1});
    await(db->read(Workspace(nth<WorkspaceTag>(1)), [](Tx& tx) {
      CHECK_FALSE(store::find_import(tx, nth<store::ImportTag>(1)).has_value());
      CHECK_FALSE(store::import_chunk(tx, nth<store::ImportTag>(1), 0).has_value());
      CHECK(store::import_chunk(tx, nth<store::ImportTag>(2), 0).has_value());
      CHECK(store::import_chunk(tx, nth<store::ImportTag>(3), 0).has_value());
    }));
    await(db->instance([](Tx& tx) {
      CHECK(store::changes_after(tx, {}, 10).size() == 1);
      CHECK(store::find_session(tx, Bytes(32, 3)).has_value());
    }));
  }
}

TEST_CASE("of two nodes one tidies up, and the other when the first does not come back") {
  const auto db = FreshStore(StoreKind::sqlite_memory).open();
  HandClock clock(tuesday);

  CHECK(await(tidy_up(*db, clock, node_1)).has_value());
  CHECK_FALSE(await(tidy_up(*db, clock, node_2)).has_value());
  clock.advance(10min);
  CHECK(await(tidy_up(*db, clock, node_2)).has_value());
  CHECK_FALSE(await(tidy_up(*db, clock, node_1)).has_value());
}
