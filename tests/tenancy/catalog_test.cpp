// The schema as PostgreSQL's catalog knows it: nothing there lets one workspace reach another. Every check is
// shown to find what it looks for: the bad thing is planted in a transaction that is rolled back.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tests/support/stores.h"
#include "tests/tenancy/catalog_checks.h"
#include "tests/tenancy/console.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

struct Planted {
  const CatalogCheck& check;
  const char* sql;
  const char* found;
};

const char* const bad_table =
    "CREATE TABLE bad (workspace_id uuid NOT NULL REFERENCES workspaces, id uuid NOT NULL PRIMARY KEY); "
    "GRANT SELECT, INSERT ON bad TO ringdown_tenant";
const char* const loose_reference =
    "CREATE TABLE mail (workspace_id uuid NOT NULL, id uuid NOT NULL UNIQUE, PRIMARY KEY (workspace_id, "
    "id)); "
    "CREATE TABLE reply (workspace_id uuid NOT NULL, mail uuid CONSTRAINT loose REFERENCES mail (id)); "
    "GRANT SELECT ON reply TO ringdown_tenant";

const Planted plants[] = {
    {forced_security, "CREATE TABLE bad (id integer)", "bad"},
    {forced_security, "ALTER TABLE outbox NO FORCE ROW LEVEL SECURITY", "outbox"},
    {forced_security, "ALTER TABLE users DISABLE ROW LEVEL SECURITY", "users"},
    {policy_for_every_grant, "DROP POLICY tenant ON outbox", "outbox has no policy for ringdown_tenant"},
    {policy_for_every_grant, "GRANT DELETE ON outbox TO ringdown_instance",
     "outbox has no policy for ringdown_instance"},
    {policy_for_every_grant, "GRANT SELECT (email) ON users TO anon", "users has no policy for anon"},
    {tenants_confined, "CREATE POLICY open ON outbox TO ringdown_tenant USING (true)", "outbox.open"},
    {tenants_confined, "CREATE POLICY open ON outbox USING (true)", "outbox.open"},
    {tenants_confined, "CREATE POLICY open ON due FOR INSERT TO ringdown_tenant WITH CHECK (true)",
     "due.open"},
    {tenants_confined, "ALTER POLICY tenant ON outbox WITH CHECK (workspace_id IS NOT NULL)",
     "outbox.tenant"},
    {tenants_confined,
     "ALTER POLICY tenant ON outbox USING (workspace_id = current_setting('ringdown.workspace')::uuid)",
     "outbox.tenant"},
    {workspace_in_tenant_tables, "GRANT SELECT ON users TO ringdown_tenant", "users"},
    {workspace_in_tenant_tables, "ALTER TABLE due DROP CONSTRAINT due_pkey, ALTER workspace_id DROP NOT NULL",
     "due"},
    {keys_begin_with_workspace, bad_table, "bad_pkey"},
    {keys_begin_with_workspace, "CREATE UNIQUE INDEX bad ON outbox (id)", "bad"},
    {keys_begin_with_workspace, "CREATE UNIQUE INDEX bad ON outbox (lower(kind))", "bad"},
    {keys_begin_with_workspace, "GRANT INSERT (tx) ON changes TO ringdown_tenant", "changes_pkey"},
    {references_stay_inside, loose_reference, "loose"},
    {no_owner_views, "CREATE VIEW bad AS SELECT id FROM outbox", "bad"},
    {no_owner_views, "CREATE VIEW bad WITH (security_invoker = false) AS SELECT id FROM outbox", "bad"},
    {no_owner_views, "CREATE MATERIALIZED VIEW bad AS SELECT id FROM outbox", "bad"},
    {no_owner_functions, "CREATE FUNCTION bad() RETURNS int SECURITY DEFINER LANGUAGE sql AS 'SELECT 1'",
     "bad"},
    {no_other_grants, "CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS 'SELECT 1'", "bad to PUBLIC"},
    {no_other_grants, "GRANT USAGE ON SCHEMA ringdown TO anon", "the schema to anon"},
    {no_other_grants, "GRANT SELECT ON users TO authenticated", "users to authenticated"},
    {no_other_grants, "GRANT SELECT (email) ON users TO PUBLIC", "users.email to PUBLIC"},
    {no_other_grants, "GRANT USAGE ON SEQUENCE changes_id_seq TO anon", "changes_id_seq to anon"},
    {no_other_grants, "ALTER DEFAULT PRIVILEGES IN SCHEMA ringdown GRANT SELECT ON TABLES TO anon",
     "what will be made in the schema to anon"},
    {roles_share_little, "GRANT SELECT ON outbox TO ringdown_instance", "outbox"},
    {roles_share_little, "GRANT SELECT (email) ON users TO ringdown_tenant", "users"},
    {roles_without_powers, "ALTER ROLE ringdown_tenant BYPASSRLS", "ringdown_tenant"},
    {roles_without_powers, "GRANT ringdown_tenant TO ringdown_instance", "ringdown_instance"},
    {roles_without_powers, "ALTER TABLE outbox OWNER TO ringdown_tenant", "ringdown_tenant"},
};

}  // namespace

TEST_CASE("the catalog has nothing that lets a workspace out") {
  const FreshStore store(StoreKind::postgres);
  Console boss(PostgresServer::shared().boss_url(store.database()));

  for (const CatalogCheck* check : every_check) {
    CAPTURE(std::string(check->says));
    CHECK(fmt::to_string(fmt::join(boss.column(check->query), ", ")) == "");
  }
}

TEST_CASE("what is planted in the catalog is found") {
  const FreshStore store(StoreKind::postgres);
  Console boss(PostgresServer::shared().boss_url(store.database()));

  for (const Planted& planted : plants) {
    CAPTURE(std::string(planted.sql));
    boss.run("BEGIN");
    boss.run(planted.sql);
    const auto findings = boss.column(planted.check.query);
    boss.run("ROLLBACK");

    CHECK(std::ranges::find(findings, planted.found) != findings.end());
  }
}

TEST_CASE("every check of the catalog has something planted for it") {
  std::set<const CatalogCheck*> covered;
  for (const Planted& planted : plants) covered.insert(&planted.check);

  CHECK(covered.size() == std::size(every_check));
}
