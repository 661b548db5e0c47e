// Migrations that were edited, fail, race, are killed in their middle, or come from another version of the
// product.
#include <doctest/doctest.h>

#include <algorithm>
#include <latch>
#include <thread>

#include "tests/faults/scenario.h"
#include "tests/faults/victim.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr StoreKind both[] = {StoreKind::sqlite, StoreKind::postgres};

std::vector<Migration> product_migrations(StoreKind kind) {
  if (kind == StoreKind::sqlite) return {std::begin(sqlite_migrations), std::end(sqlite_migrations)};
  return {std::begin(postgres_migrations), std::end(postgres_migrations)};
}

std::vector<Migration> with(std::vector<Migration> migrations, std::initializer_list<Migration> more) {
  for (Migration one : more) {
    one.number = static_cast<int>(migrations.size()) + 1;
    migrations.push_back(one);
  }
  return migrations;
}

std::vector<std::string> migrate(const FreshStore& store, std::span<const Migration> migrations) {
  if (store.kind() == StoreKind::postgres) {
    return migrate_postgres(PostgresServer::shared().owner_url(store.database()), migrations);
  }
  SqliteConnection connection(store.database(), SqliteConnection::Mode::read_write);
  return migrate_sqlite(connection, migrations);
}

std::unique_ptr<Db> open(const FreshStore& store, std::span<const Migration> migrations) {
  if (store.kind() == StoreKind::sqlite) {
    return std::make_unique<SqliteDb>(SqliteOptions{.path = store.database()}, migrations);
  }
  const std::string url = PostgresServer::shared().app_url(store.database());
  return std::make_unique<PostgresDb>(PostgresOptions{.url = url, .threads = 2}, migrations);
}

std::string refusal_of(const std::function<void()>& attempt) {
  try {
    attempt();
    return "";
  } catch (const Breakage& breakage) {
    return breakage.what();
  }
}

bool has_table(const FreshStore& store, const std::string& name) {
  return !look(store, store.kind() == StoreKind::sqlite
                          ? "SELECT 1 FROM sqlite_schema WHERE name = '" + name + "'"
                          : "SELECT 1 FROM pg_tables WHERE tablename = '" + name + "'")
              .empty();
}

TextRows applied(const FreshStore& store) {
  return look(store, "SELECT name FROM migrations ORDER BY number");
}

constexpr Migration room_for_more{0, "9001_room", false, "r",
                                  "ALTER TABLE users ADD COLUMN nickname TEXT NOT NULL DEFAULT ''"};
constexpr Migration takes_away{0, "9002_less", true, "l", "ALTER TABLE users DROP COLUMN nickname"};

}  // namespace

TEST_CASE("an applied migration that was edited refuses to start and says what to do") {
  for (const StoreKind kind : both) {
    CAPTURE(to_text(kind));
    const FreshStore store(kind);
    store.open(1);
    auto edited = product_migrations(kind);
    edited[0].checksum = "edited";

    for (const std::string& refusal :
         {refusal_of([&] { open(store, edited); }), refusal_of([&] { migrate(store, edited); })}) {
      CAPTURE(refusal);
      CHECK(refusal.contains("0001_bones"));
      CHECK(
          refusal.contains("an applied migration is never edited: put the old text back and add a new one"));
    }
    store.open(1);
  }
}

TEST_CASE("a migration that fails leaves nothing, and its mended text is applied later") {
  for (const StoreKind kind : both) {
    CAPTURE(to_text(kind));
    const FreshStore store(kind);
    store.open(1);
    const auto product = product_migrations(kind);
    const Migration good{0, "9001_good", false, "g", "CREATE TABLE good (x INTEGER)"};
    const Migration bad{
        0, "9002_bad", false, "b",
        "CREATE TABLE half (x INTEGER); INSERT INTO half VALUES (1); INSERT INTO nowhere VALUES (1)"};
    const Migration mended{0, "9002_bad", false, "m", "CREATE TABLE half (x INTEGER)"};

    const std::string refusal = refusal_of([&] { migrate(store, with(product, {good, bad})); });
    CAPTURE(refusal);
    CHECK(refusal.contains("migration 9002_bad failed and left nothing behind"));
    CHECK(refusal.contains("nowhere"));
    CHECK(has_table(store, "good"));
    CHECK(!has_table(store, "half"));
    CHECK(applied(store).back() == TextRow{"9001_good"});

    CHECK(migrate(store, with(product, {good, mended})) == std::vector<std::string>{"9002_bad"});
    CHECK(has_table(store, "half"));
  }
}

TEST_CASE("several that migrate at the same time apply each migration once") {
  constexpr int at_once = 4;
  const std::string isolations[] = {"read committed",
                                    "repeatable read"};  // a login's settings may be its own
  for (const StoreKind kind : both) {
    for (const std::string& isolation : isolations) {
      CAPTURE(to_text(kind));
      CAPTURE(isolation);
      const FreshStore store(kind);
      if (kind == StoreKind::postgres)
        look(store, "ALTER ROLE owner SET default_transaction_isolation = '" + isolation + "'");
      const auto migrations = with(product_migrations(kind), {room_for_more, takes_away});
      std::vector<std::string> done[at_once];
      std::string refusals[at_once];
      {
        std::latch ready(at_once);
        std::vector<std::jthread> threads;
        for (int i = 0; i < at_once; ++i) {
          threads.emplace_back([&, i] {
            ready.arrive_and_wait();
            refusals[i] = refusal_of([&] { done[i] = migrate(store, migrations); });
          });
        }
      }

      // A fresh PostgreSQL has the product's already.
      std::size_t applications = kind == StoreKind::postgres ? product_migrations(kind).size() : 0;
      for (int i = 0; i < at_once; ++i) {
        CHECK(refusals[i] == "");
        applications += done[i].size();
      }
      CHECK(applications == migrations.size());
      CHECK(applied(store).size() == migrations.size());
    }
  }
  PostgresServer::shared().as_boss("postgres", "ALTER ROLE owner RESET default_transaction_isolation");
}

TEST_CASE("an older binary works on beside a newer one that made room, and refuses one that took away") {
  for (const StoreKind kind : both) {
    CAPTURE(to_text(kind));
    const FreshStore store(kind);
    const auto product = product_migrations(kind);
    {
      const auto running = open(store, product);
      const auto states = undisturbed(store, *running, long_day());
      migrate(store, with(product, {room_for_more}));
      const auto newer = open(store, with(product, {room_for_more}));
      const auto restarted = open(store, product);

      for (Db* db : {running.get(), newer.get(), restarted.get()}) {
        CHECK(undisturbed(store, *db, long_day()).size() == states.size());
      }
    }
    migrate(store, with(product, {room_for_more, takes_away}));

    const std::string refusal = refusal_of([&] { open(store, product); });
    CAPTURE(refusal);
    CHECK(refusal.contains("9002_less"));
    CHECK(refusal.contains("start the newer ringdown, or restore a backup"));
  }
}

TEST_CASE("a migration of SQLite that is killed in its middle leaves nothing") {
  const FreshStore store(StoreKind::sqlite);
  store.open();
  Victim victim({"migrate", store.database()});
  REQUIRE(victim.line() == "half");
  victim.kill();
  CHECK(victim.line() == std::nullopt);

  CHECK(!has_table(store, "half"));
  CHECK(applied(store).size() == std::size(sqlite_migrations));
  CHECK(answer_of(*store.open(), long_day()[0]) == "");
}

TEST_CASE("a migration of PostgreSQL whose server dies in its middle leaves nothing") {
  const FreshStore store(StoreKind::postgres);
  PostgresServer& server = PostgresServer::shared();
  const Migration slow{0, "9001_slow", false, "s", "CREATE TABLE half (x INTEGER); SELECT pg_sleep(3600)"};
  std::string refusal;
  std::jthread migrating([&] {
    refusal = refusal_of([&] { migrate(store, with(product_migrations(StoreKind::postgres), {slow})); });
  });
  while (look(store, "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'").empty()) {
  }
  server.crash_and_restart();
  migrating.join();

  CHECK(refusal.contains("migration 9001_slow failed and left nothing behind"));
  CHECK(!has_table(store, "half"));
  CHECK(applied(store).size() == std::size(postgres_migrations));
  CHECK(answer_of(*store.open(1), long_day()[0]) == "");
}
