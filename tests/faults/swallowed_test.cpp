// Units that catch what the store throws at them and go on as if nothing had happened.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include "store/people.h"
#include "tests/faults/faulty_files.h"
#include "tests/faults/handles.h"
#include "tests/faults/scenario.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

void add_user(Tx& tx, std::uint64_t n, const std::string& name) {
  store::add_user(
      tx, {nth<UserTag>(n), std::to_string(n) + "@example.com", name, std::nullopt, tuesday, std::nullopt});
}

std::int64_t users(Db& db) {
  return await(db.instance_read([](Tx& tx) { return store::count_users(tx); }));
}

}  // namespace

TEST_CASE("on PostgreSQL a unit that swallows an error is not answered as committed") {
  const FreshStore store(StoreKind::postgres);
  const auto db = store.open(1);

  const auto swallow = [](Tx& tx) {
    add_user(tx, 1, "Ann");
    CHECK_THROWS_AS(store::put_membership(tx, nth<WorkspaceTag>(9), nth<UserTag>(1), Role::rep, tuesday),
                    Breakage);
  };
  CHECK_THROWS_AS(await(db->instance(swallow)), Breakage);

  CHECK(users(*db) == 0);
  await(db->instance([](Tx& tx) { add_user(tx, 2, "Bob"); }));
  CHECK(users(*db) == 1);
}

TEST_CASE("on SQLite a unit that swallows a full disk writes nothing more, and is told so") {
  const FreshStore store(StoreKind::sqlite);
  const SqliteHandles handles;
  const auto db = store.open();
  const std::string large(1'000'000, 'x');
  await(db->instance([&](Tx&) { handles.no_room_beyond(20); }));

  const auto swallow = [&](Tx& tx) {
    add_user(tx, 1, "Ann");
    CHECK_THROWS_AS(add_user(tx, 2, large), Breakage);
    try {
      add_user(tx, 3, "Bob");
    } catch (const Breakage& swallowed) {
      CAPTURE(swallowed.what());
    }
  };
  try {
    await(db->instance(swallow));
    FAIL("it was answered as committed");
  } catch (const Breakage& breakage) {
    CHECK(breakage.reason() == Reason::unavailable);
    CHECK(std::string(breakage.what()).contains("disk is full"));
  }

  CHECK(users(*db) == 0);
}
