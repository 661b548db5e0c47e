// What must hold of the schema on PostgreSQL, as questions to the catalog: every row of an answer is a
// finding. The questions know no table by name but those through which tenants and instance hand
// things to each other.
#pragma once

#include <string>

namespace ringdown::test {

struct CatalogCheck {
  const char* says;
  std::string query;
};

// Every table, and every privilege anybody but the owner has on it, by column where it is granted so.
inline const std::string tables_and_grants = R"(
  WITH tables AS (
    SELECT oid, relname, relrowsecurity, relforcerowsecurity, relowner
    FROM pg_class WHERE relnamespace = 'ringdown'::regnamespace AND relkind IN ('r', 'p', 'f')
  ), grants AS (
    SELECT t.oid AS relid, t.relname, acl.grantee, acl.privilege_type, NULL::int2 AS attnum
    FROM pg_class t, aclexplode(t.relacl) acl WHERE t.oid IN (SELECT oid FROM tables) AND acl.grantee <> t.relowner
    UNION ALL
    SELECT t.oid, t.relname, acl.grantee, acl.privilege_type, a.attnum
    FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid, aclexplode(a.attacl) acl
    WHERE acl.grantee <> t.relowner
  ), tenant_tables AS (
    SELECT t.oid, t.relname FROM tables t
    WHERE EXISTS (SELECT FROM grants g WHERE g.relid = t.oid AND g.grantee = 'ringdown_tenant'::regrole)
  ), instance_tables AS (
    SELECT t.oid, t.relname FROM tables t
    WHERE EXISTS (SELECT FROM grants g WHERE g.relid = t.oid AND g.grantee = 'ringdown_instance'::regrole)
  )
)";

inline const CatalogCheck forced_security{
    "every table has row-level security that binds its owner too",
    tables_and_grants + "SELECT relname FROM tables WHERE NOT (relrowsecurity AND relforcerowsecurity)"};

inline const CatalogCheck policy_for_every_grant{"whoever is granted something on a table has a policy there",
                                                 tables_and_grants + R"(
      SELECT DISTINCT relname || ' has no policy for ' || coalesce(nullif(grantee, 0)::regrole::text, 'PUBLIC')
      FROM grants g
      WHERE NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = g.relid AND g.grantee = ANY (p.polroles)))"};

inline const CatalogCheck tenants_confined{
    "every policy that a tenant passes by compares the workspace and nothing else",
    R"(
      SELECT polrelid::regclass || '.' || polname FROM pg_policy, LATERAL (SELECT
        '(workspace_id = ( SELECT (NULLIF(current_setting(''ringdown.workspace''::text, true), ''''::text))::uuid'
        || ' AS "nullif"))' AS wanted, pg_get_expr(polqual, polrelid) AS qual,
        pg_get_expr(polwithcheck, polrelid) AS with_check) AS texts
      WHERE polroles && ARRAY['ringdown_tenant'::regrole::oid, 0::oid] AND polpermissive
        AND polrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'ringdown'::regnamespace)
        AND (coalesce(qual, wanted) <> wanted OR coalesce(with_check, wanted) <> wanted
             OR coalesce(qual, with_check) IS NULL))"};

inline const CatalogCheck workspace_in_tenant_tables{"a tenant's table says whose every row is",
                                                     tables_and_grants + R"(
      SELECT relname FROM tenant_tables t
      WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'workspace_id'
                        AND a.atttypid = 'uuid'::regtype AND a.attnotnull))"};

// A key over all workspaces would tell one tenant what another has, unless tenants cannot choose what is in
// it.
inline const CatalogCheck keys_begin_with_workspace{"a key that tenants write begins with the workspace",
                                                    tables_and_grants + R"(
      SELECT i.indexrelid::regclass::text
      FROM tenant_tables t JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique
      WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = i.indkey[0]
                        AND a.attname = 'workspace_id')
        AND EXISTS (SELECT FROM grants g WHERE g.relid = t.oid AND g.grantee = 'ringdown_tenant'::regrole
                    AND g.privilege_type IN ('INSERT', 'UPDATE')
                    AND (g.attnum IS NULL OR g.attnum = ANY (i.indkey) OR 0 = ANY (i.indkey))))"};

inline const CatalogCheck references_stay_inside{
    "a reference from one tenant's row to another row with a workspace takes the workspace along",
    tables_and_grants + R"(
      SELECT c.conname FROM pg_constraint c
      JOIN tenant_tables t ON t.oid = c.conrelid
      JOIN pg_attribute target ON target.attrelid = c.confrelid AND target.attname = 'workspace_id'
      JOIN pg_attribute source ON source.attrelid = c.conrelid AND source.attname = 'workspace_id'
      WHERE c.contype = 'f'
        AND NOT EXISTS (SELECT FROM unnest(c.conkey, c.confkey) AS pair (mine, theirs)
                        WHERE mine = source.attnum AND theirs = target.attnum))"};

inline const CatalogCheck no_owner_views{"no view shows what its owner may see",
                                         R"(
      SELECT relname FROM pg_class
      WHERE relnamespace = 'ringdown'::regnamespace
        AND (relkind = 'm' OR relkind = 'v' AND NOT EXISTS (
          SELECT FROM pg_options_to_table(reloptions) o
          WHERE o.option_name = 'security_invoker' AND o.option_value::boolean)))"};

inline const CatalogCheck no_owner_functions{
    "no function does what its owner may do",
    "SELECT proname FROM pg_proc WHERE pronamespace = 'ringdown'::regnamespace AND prosecdef"};

inline const CatalogCheck no_other_grants{"nothing is granted to anybody but the two roles",
                                          R"(
      WITH everything AS (
        SELECT 'the schema' AS what, nspacl AS acl, nspowner AS owner FROM pg_namespace WHERE nspname = 'ringdown'
        UNION ALL
        SELECT relname, relacl, relowner FROM pg_class WHERE relnamespace = 'ringdown'::regnamespace
        UNION ALL
        SELECT relname || '.' || attname, attacl, relowner FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
        WHERE relnamespace = 'ringdown'::regnamespace
        UNION ALL
        SELECT proname, coalesce(proacl, acldefault('f', proowner)), proowner FROM pg_proc
        WHERE pronamespace = 'ringdown'::regnamespace
        UNION ALL
        SELECT 'what will be made in the schema', defaclacl, defaclrole FROM pg_default_acl
        WHERE defaclnamespace = 'ringdown'::regnamespace
      )
      SELECT what || ' to ' || coalesce(nullif(grantee, 0)::regrole::text, 'PUBLIC')
      FROM everything, aclexplode(acl)
      WHERE grantee <> owner AND grantee NOT IN ('ringdown_tenant'::regrole, 'ringdown_instance'::regrole))"};

inline const CatalogCheck roles_share_little{"tenants and instance meet in nothing but due work, changes and the audit trail",
                                             tables_and_grants + R"(
      SELECT relname FROM tenant_tables JOIN instance_tables USING (oid, relname)
      WHERE relname NOT IN ('due', 'changes', 'audit'))"};

inline const CatalogCheck roles_without_powers{
    "neither role signs in, has powers, belongs to another or owns anything",
    R"(
      SELECT rolname FROM pg_roles r
      WHERE rolname IN ('ringdown_tenant', 'ringdown_instance')
        AND (rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
             OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)
             OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid)
             OR EXISTS (SELECT FROM pg_namespace n WHERE n.nspowner = r.oid)))"};

inline const CatalogCheck* const every_check[] = {
    &forced_security,           &policy_for_every_grant, &tenants_confined,    &workspace_in_tenant_tables,
    &keys_begin_with_workspace, &references_stay_inside, &no_owner_views,      &no_owner_functions,
    &no_other_grants,           &roles_share_little,     &roles_without_powers};

}  // namespace ringdown::test
