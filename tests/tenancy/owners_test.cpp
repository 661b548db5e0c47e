// Who migrates: an owner like Supabase's, one who may make no roles, owners of several databases of one
// cluster, and one who migrates while the product runs.
#include <doctest/doctest.h>

#include "store/outbox.h"
#include "store/people.h"
#include "tests/support/stores.h"
#include "tests/tenancy/catalog_checks.h"
#include "tests/tenancy/console.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

using Names = std::vector<std::string>;

std::unique_ptr<Db> open(const std::string& url,
                         std::span<const Migration> migrations = postgres_migrations) {
  return std::make_unique<PostgresDb>(PostgresOptions{.url = url, .threads = 2}, migrations);
}

void put(Db& db, Workspace workspace, std::uint64_t n) {
  await(db.write(workspace, [=](Tx& tx) {
    return store::put_message(tx, {nth<store::MessageTag>(n), "mail", {}, Json{"{}"}, tuesday}, tuesday);
  }));
}

std::size_t messages(Db& db, Workspace workspace) {
  return await(db.read(workspace, [](Tx& tx) { return store::messages_page(tx, {}, 1'000).size(); }));
}

// The schema as migrated holds, and the product works on it.
void check_product_works(const PostgresServer& server, const std::string& database) {
  Console boss(server.boss_url(database));
  for (const CatalogCheck* check : every_check) {
    CAPTURE(std::string(check->says));
    CHECK(boss.column(check->query).empty());
  }
  const auto db = open(server.app_url(database));
  const Workspace clinic = a_workspace(*db);
  put(*db, clinic, 1);
  CHECK(messages(*db, clinic) == 1);
}

std::string owned_by(const PostgresServer& server, const std::string& database, const std::string& owner) {
  server.as_boss("postgres", "ALTER DATABASE " + database + " OWNER TO " + owner);
  return "postgres://" + owner + "@127.0.0.1:" + std::to_string(server.port()) + "/" + database;
}

const Names all_names = [] {
  Names names;
  for (const Migration& migration : postgres_migrations) names.emplace_back(migration.name);
  return names;
}();

// The product's list and one step more that leaves room for the old one.
std::vector<Migration> newer_list() {
  std::vector<Migration> list(std::begin(postgres_migrations), std::end(postgres_migrations));
  list.push_back(
      {static_cast<int>(list.size()) + 1, "9999_room", false, "0000000000000000",
       "ALTER TABLE outbox ADD COLUMN note text; "
       "CREATE TABLE notes (workspace_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (workspace_id, id));"});
  return list;
}

}  // namespace

TEST_CASE("an owner without superuser migrates, lets the product in and finds nothing left to do") {
  PostgresServer& server = PostgresServer::shared();
  const std::string database = server.new_database();

  CHECK(migrate_postgres(server.owner_url(database), postgres_migrations) == all_names);
  grant_postgres(server.owner_url(database), "app");

  check_product_works(server, database);
  CHECK(migrate_postgres(server.owner_url(database), postgres_migrations) == Names{});
}

TEST_CASE("an owner who may make no roles migrates once an administrator has made them") {
  PostgresServer server;
  server.as_boss("postgres", "CREATE ROLE modest LOGIN");
  const std::string database = server.new_database();
  const std::string url = owned_by(server, database, "modest");
  const auto schemas = [&] {
    return server.as_boss(database, "SELECT count(*) FROM pg_namespace WHERE nspname = 'ringdown'");
  };

  CHECK_THROWS_WITH_AS(migrate_postgres(url, postgres_migrations),
                       doctest::Contains("administrator run: CREATE ROLE ringdown_tenant NOLOGIN"), Breakage);
  CHECK(schemas() == "0");
  server.as_boss("postgres",
                 "CREATE ROLE ringdown_tenant NOLOGIN; CREATE ROLE ringdown_instance NOLOGIN; "
                 "GRANT ringdown_tenant, ringdown_instance TO app");

  CHECK(migrate_postgres(url, postgres_migrations) == all_names);
  check_product_works(server, database);
  CHECK(migrate_postgres(url, postgres_migrations) == Names{});
}

TEST_CASE("two databases of one cluster have the roles in common and nothing else") {
  PostgresServer& server = PostgresServer::shared();
  const FreshStore one(StoreKind::postgres);
  const FreshStore two(StoreKind::postgres);
  const auto first = one.open(2);
  const auto second = two.open(2);
  const Workspace clinic = a_workspace(*first);
  a_workspace(*second);

  put(*first, clinic, 1);

  CHECK(messages(*first, clinic) == 1);
  CHECK(messages(*second, clinic) == 0);
  CHECK(server.as_boss(two.database(), "SELECT count(*) FROM ringdown.changes") == "0");
}

TEST_CASE("databases of one cluster may be migrated for the first time at the same moment") {
  PostgresServer server;
  const Names databases{server.new_database(), server.new_database(), server.new_database()};
  {
    std::vector<std::jthread> owners;
    for (const auto& database : databases) {
      owners.emplace_back([&] { migrate_postgres(server.owner_url(database), postgres_migrations); });
    }
  }
  grant_postgres(server.owner_url(databases[0]), "app");

  for (const auto& database : databases) check_product_works(server, database);
}

TEST_CASE("the schema grows while the product of yesterday works on it") {
  PostgresServer& server = PostgresServer::shared();
  const FreshStore store(StoreKind::postgres);
  const auto old = store.open(4);
  const Workspace clinic = a_workspace(*old);
  constexpr std::uint64_t each = 60;
  const auto newer = newer_list();
  std::exception_ptr problem;
  {
    std::jthread product([&] {
      try {
        for (std::uint64_t n = 0; n < each; ++n) put(*old, clinic, n);
      } catch (...) {
        problem = std::current_exception();
      }
    });
    CHECK(migrate_postgres(server.owner_url(store.database()), newer) == Names{"9999_room"});
  }
  const auto young = open(server.app_url(store.database()), newer);
  put(*old, clinic, each);
  put(*young, clinic, each + 1);

  CHECK_FALSE(problem);
  CHECK(messages(*old, clinic) == each + 2);
  CHECK(messages(*young, clinic) == each + 2);
  CHECK(messages(*open(server.app_url(store.database())), clinic) == each + 2);
}
