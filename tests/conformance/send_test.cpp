// Statements whose answer nobody waits for, on every database: what is wrong with one shows at the latest
// when the unit is to be committed, and nothing of the unit stays.
#include <doctest/doctest.h>

#include "store/outbox.h"
#include "store/sql.h"
#include "tests/support/stores.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

void send_message(Tx& tx, std::uint64_t n) {
  tx.send(sql::put_message, {nth<store::MessageTag>(n), "email", Null{}, Json{"{}"}, tuesday, tuesday});
}

std::size_t messages(Db& db, Workspace workspace) {
  return await(db.read(workspace, [](Tx& tx) { return store::messages_page(tx, {}, 1000); })).size();
}

}  // namespace

TEST_CASE("a unit sees what it sent, and it stays") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    const FreshStore fresh(kind);
    const auto db = fresh.open();
    const Workspace clinic = a_workspace(*db);

    const auto seen = await(db->write(clinic, [](Tx& tx) {
      for (std::uint64_t n = 1; n <= 300; ++n) send_message(tx, n);
      return store::messages_page(tx, {}, 1000);
    }));

    CHECK(seen.size() == 300);
    CHECK(messages(*db, clinic) == 300);
  }
}

TEST_CASE("what is wrong with the last statement sent is known before the answer") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    const FreshStore fresh(kind);
    const auto db = fresh.open(1);
    const Workspace clinic = a_workspace(*db);
    await(db->write(clinic, [](Tx& tx) { send_message(tx, 1); }));

    const auto twice = [](Tx& tx) {
      send_message(tx, 2);
      send_message(tx, 1);
    };

    CHECK_THROWS_AS(await(db->write(clinic, twice)), Breakage);
    CHECK(messages(*db, clinic) == 1);
  }
}

TEST_CASE("a unit that ends badly after a bad statement leaves nothing behind") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    const FreshStore fresh(kind);
    const auto db = fresh.open(1);
    const Workspace clinic = a_workspace(*db);
    await(db->write(clinic, [](Tx& tx) { send_message(tx, 1); }));

    const auto ends_badly = [](Tx& tx) {
      send_message(tx, 2);
      send_message(tx, 1);
      throw std::runtime_error("the unit gives up");
    };

    const auto refuses = [](Tx& tx) -> Result<void> {
      send_message(tx, 1);
      return std::unexpected(Failure{Reason::conflict, "refused", {}});
    };

    CHECK_THROWS(await(db->write(clinic, ends_badly)));
    CHECK_THROWS_AS(await(db->write(clinic, refuses)), Breakage);
    await(db->write(clinic, [](Tx& tx) { send_message(tx, 3); }));
    CHECK(messages(*db, clinic) == 2);
  }
}
