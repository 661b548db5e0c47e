// Every statement of the product, under its own role and under the other one. Which tables are whose is read
// from PostgreSQL's grants; what a statement reaches is seen by SQLite's authorizer.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>

#include "store/sql.h"
#include "tests/support/stores.h"
#include "tests/tenancy/catalog_checks.h"
#include "tests/tenancy/console.h"
#include "tests/tenancy/reach.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const char* role_of(Scope scope) {
  return scope == Scope::tenant ? "ringdown_tenant" : "ringdown_instance";
}
Scope other(Scope scope) {
  return scope == Scope::tenant ? Scope::instance : Scope::tenant;
}

// The two stores, and the question each of them answers best.
class Stores {
 public:
  Stores() : app_(PostgresServer::shared().app_url(postgres_.database())) {
    sqlite_.open();
    compiler_ = std::make_unique<Compiler>(sqlite_.database());
    Console boss(PostgresServer::shared().boss_url(postgres_.database()));
    for (const Scope scope : {Scope::tenant, Scope::instance}) {
      const auto of_role =
          boss.column(tables_and_grants + "SELECT DISTINCT relname FROM grants WHERE grantee = '" +
                      role_of(scope) + "'::regrole");
      tables_[scope] = Tables(of_role.begin(), of_role.end());
    }
  }

  const Tables& tables_of(Scope scope) { return tables_[scope]; }
  Tables reach(const Statement& statement) { return compiler_->reach(statement); }

  Tables strays(const Statement& statement) {
    Tables strays;
    for (const auto& table : reach(statement)) {
      if (!tables_[statement.scope].contains(table)) strays.insert(table);
    }
    return strays;
  }

  // What PostgreSQL has against a role's planning the statement, with NULL for every value.
  std::string refusal(const Statement& statement, Scope scope) {
    app_.run("BEGIN");
    app_.run(fmt::format("SET LOCAL ROLE {}; SET LOCAL ringdown.workspace = '{}'", role_of(scope),
                         to_text(Uuid{})));
    std::string refusal = app_.refusal(fmt::format("PREPARE it AS {}", statement.postgres));
    const int values = statement.parameters + (statement.takes_workspace ? 1 : 0);
    const std::vector<std::string> nulls(static_cast<std::size_t>(values), "NULL");
    const std::string list = nulls.empty() ? "" : fmt::format("({})", fmt::join(nulls, ", "));
    if (refusal.empty()) refusal = app_.refusal("EXPLAIN EXECUTE it" + list);
    app_.run("ROLLBACK");
    app_.refusal("DEALLOCATE it");
    return refusal;
  }

 private:
  FreshStore postgres_{StoreKind::postgres};
  FreshStore sqlite_{StoreKind::sqlite};
  Console app_;
  std::unique_ptr<Compiler> compiler_;
  std::map<Scope, Tables> tables_;
};

constexpr Statement stray("stray", Scope::instance, "SELECT kind FROM outbox WHERE id = ?1",
                          "SELECT kind FROM outbox WHERE id = $1", 1, false);
constexpr Statement hidden_stray("hidden_stray", Scope::instance,
                                 "DELETE FROM quotas WHERE name IN (SELECT kind FROM outbox)",
                                 "DELETE FROM quotas WHERE name IN (SELECT kind FROM outbox)", 0, false);
constexpr Statement curious_tenant(
    "curious_tenant", Scope::tenant,
    "SELECT email FROM users WHERE id IN (SELECT id FROM outbox WHERE workspace_id = ?1)",
    "SELECT email FROM users WHERE id IN (SELECT id FROM outbox WHERE workspace_id = $1)", 0, true);

}  // namespace

TEST_CASE("every statement is permitted to the role of its scope") {
  Stores stores;
  for (const Statement* statement : sql::every_statement) {
    CAPTURE(std::string(statement->name));
    CHECK(stores.refusal(*statement, statement->scope) == "");
  }
}

TEST_CASE("a statement that reaches what only its own role may is refused to the other") {
  Stores stores;
  int refused = 0;
  for (const Statement* statement : sql::every_statement) {
    CAPTURE(std::string(statement->name));
    bool reaches_own = false;
    for (const auto& table : stores.reach(*statement)) {
      reaches_own = reaches_own || !stores.tables_of(other(statement->scope)).contains(table);
    }
    if (!reaches_own) continue;

    CHECK(stores.refusal(*statement, other(statement->scope)) == "42501");
    ++refused;
  }
  CHECK(refused > 30);
}

TEST_CASE("no statement reaches a table that is not of its scope") {
  Stores stores;
  for (const Statement* statement : sql::every_statement) {
    CAPTURE(std::string(statement->name));
    CHECK(stores.strays(*statement) == Tables{});
  }
}

TEST_CASE("a statement that strays is found, by its reach and by PostgreSQL") {
  Stores stores;
  CHECK(stores.strays(stray) == Tables{"outbox"});
  CHECK(stores.strays(hidden_stray) == Tables{"outbox"});
  CHECK(stores.strays(curious_tenant) == Tables{"users"});
  for (const Statement* statement : {&stray, &hidden_stray, &curious_tenant}) {
    CHECK(stores.refusal(*statement, statement->scope) == "42501");
  }
}

TEST_CASE("every statement of a tenant asks for the workspace at every table it names") {
  Stores stores;
  int seen = 0;
  for (const Statement* statement : sql::every_statement) {
    if (statement->scope != Scope::tenant) continue;
    CAPTURE(std::string(statement->name));
    const std::string number = std::to_string(statement->parameters + 1);
    CHECK(unconfined(statement->sqlite, "?" + number, stores.tables_of(Scope::tenant)) == 0);
    CHECK(unconfined(statement->postgres, "$" + number, stores.tables_of(Scope::tenant)) == 0);
    ++seen;
  }
  CHECK(seen > 5);
}

TEST_CASE("a statement of a tenant that forgets the workspace somewhere is found") {
  const Tables tables{"outbox", "due"};
  for (const char* forgetful : {
           "SELECT id FROM outbox WHERE id = ?1;",
           "UPDATE outbox SET state = 'done' WHERE id IN (SELECT id FROM outbox WHERE workspace_id = ?2)",
           "SELECT o.id FROM outbox o JOIN due d ON d.kind = o.kind WHERE o.workspace_id = ?2",
           "DELETE FROM outbox WHERE workspace_id = ?1",
           "INSERT INTO due (kind, workspace_id) VALUES (?1, ?2)",
           "INSERT INTO due (workspace_id, kind) VALUES (?1, ?2)",
           "INSERT INTO due (workspace_id, kind) SELECT ?1, ?2",
           "INSERT INTO due (workspace_id, kind) SELECT DISTINCT ON (kind) kind, ?2",
           "INSERT INTO due (kind, workspace_id) SELECT ?2, kind FROM outbox",
       }) {
    CAPTURE(std::string(forgetful));
    CHECK(unconfined(forgetful, "?2", tables) > 0);
  }
  for (const char* careful : {
           "INSERT INTO due (workspace_id, kind) VALUES (?2, ?1)",
           "INSERT INTO due (workspace_id, kind) SELECT ?2, ?1",
           "INSERT INTO due (workspace_id, kind) SELECT DISTINCT ON (kind) ?2, kind",
       }) {
    CAPTURE(std::string(careful));
    CHECK(unconfined(careful, "?2", tables) == 0);
  }
}
