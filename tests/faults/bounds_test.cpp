// Too many units, and units that wait when the Db goes.
#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "tests/faults/units.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr StoreKind both[] = {StoreKind::sqlite, StoreKind::postgres};

std::unique_ptr<Db> open_narrow(const FreshStore& store) {
  if (store.kind() == StoreKind::sqlite) {
    return std::make_unique<SqliteDb>(SqliteOptions{.path = store.database(), .waiting_max = 4},
                                      sqlite_migrations);
  }
  const std::string url = PostgresServer::shared().app_url(store.database());
  return std::make_unique<PostgresDb>(PostgresOptions{.url = url, .threads = 1, .waiting_max = 4},
                                      postgres_migrations);
}

}  // namespace

TEST_CASE("a unit that finds the line full is refused at once, and nobody in line is lost") {
  for (const StoreKind kind : both) {
    CAPTURE(to_text(kind));
    const FreshStore store(kind);
    const auto db = open_narrow(store);
    make_workspace(*db);
    Told told;
    Gate gate;
    gate.hold(*db, told);
    for (std::uint64_t n = 0; n < 6; ++n) told.submit(*db, n);

    CHECK(told.answered() == 2);  // the gate still stands
    gate.open();
    CHECK(told.wait() == std::vector<std::string>{"", "", "", "", "", "unavailable", "unavailable"});
    CHECK(parts_in(store).size() == 4);
  }
}

TEST_CASE("a Db that is destroyed finishes what waits, refuses what comes, and answers each once") {
  for (const StoreKind kind : both) {
    CAPTURE(to_text(kind));
    const FreshStore store(kind);
    auto db = store.open(1);
    make_workspace(*db);
    Told told;
    Told late;
    Gate gate;
    gate.hold(*db, told);
    for (std::uint64_t n = 0; n < 20; ++n) told.submit(*db, n);
    {
      Db& dying = *db;
      const std::jthread end([&] { db.reset(); });
      std::uint64_t n = 100;
      while (late.answered() == 0) late.submit(dying, n++);
      gate.open();
    }

    CHECK(std::ranges::count(told.wait(), "") == 21);
    const auto answers = late.wait();
    CHECK(answers.back() == "unavailable");
    CHECK(std::ranges::count(answers, "") == static_cast<std::ptrdiff_t>(answers.size()) - 1);
    CHECK(parts_in(store).size() == 20 + answers.size() - 1);
  }
}
