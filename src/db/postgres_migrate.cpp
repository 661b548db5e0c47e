#include <fmt/format.h>
#include <libpq-fe.h>

#include "db/postgres_db.h"

namespace ringdown {
namespace {

constexpr const char* lock_and_table = R"(
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SELECT pg_advisory_xact_lock(7238415097);
CREATE SCHEMA IF NOT EXISTS ringdown;
CREATE TABLE IF NOT EXISTS ringdown.migrations (
  number     integer NOT NULL PRIMARY KEY,
  name       text NOT NULL,
  contracts  boolean NOT NULL,
  checksum   text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);
)";

std::vector<AppliedMigration> read_applied(const PGresult* rows) {
  std::vector<AppliedMigration> all;
  for (int i = 0; i < PQntuples(rows); ++i) {
    all.push_back({std::atoi(PQgetvalue(rows, i, 0)), PQgetvalue(rows, i, 1), PQgetvalue(rows, i, 2)[0] == 't',
                   PQgetvalue(rows, i, 3)});
  }
  return all;
}

constexpr const char* read_text = "SELECT number, name, contracts, checksum FROM ringdown.migrations ORDER BY number";

std::optional<std::string> migrate_once(PostgresConnection& connection, std::span<const Migration> ours) {
  connection.simple(lock_and_table);
  const auto pending = pending_migrations(ours, read_applied(connection.simple(read_text).get()));
  if (!pending) throw Breakage(pending.error().reason, pending.error().text);
  if (pending->empty()) return std::nullopt;

  const Migration& next = pending->front();
  try {
    connection.simple(std::string(next.text));
    // Name and checksum are constants of this binary: digits, letters and underscores.
    connection.simple(fmt::format("INSERT INTO ringdown.migrations (number, name, contracts, checksum) VALUES ({}, '{}', {}, '{}')",
                                  next.number, next.name, next.contracts, next.checksum));
  } catch (const Breakage& breakage) {
    throw Breakage(breakage.reason(),
                   fmt::format("migration {} failed and left nothing behind: {}", next.name, breakage.what()));
  }
  return std::string(next.name);
}

std::string quoted(PostgresConnection& connection, const std::string& name) {
  char* text = PQescapeIdentifier(connection.handle(), name.data(), name.size());
  if (!text) throw Breakage(Reason::invalid, "'" + name + "' cannot be the name of a role");
  std::string result(text);
  PQfreemem(text);
  return result;
}

}  // namespace

std::vector<std::string> migrate_postgres(const std::string& owner_url, std::span<const Migration> ours) {
  PostgresConnection connection(owner_url, PostgresConnection::forever);  // a migration takes what it takes
  connection.simple("SET statement_timeout = 0; SET lock_timeout = '60s'; SET search_path = ringdown");
  std::vector<std::string> done;
  while (true) {
    try {
      auto name = migrate_once(connection, ours);
      connection.simple("COMMIT");
      if (!name) return done;
      done.push_back(std::move(*name));
    } catch (...) {
      if (connection.usable()) connection.simple("ROLLBACK");
      throw;
    }
  }
}

void grant_postgres(const std::string& owner_url, const std::string& login) {
  PostgresConnection connection(owner_url);
  connection.simple("GRANT ringdown_tenant, ringdown_instance TO " + quoted(connection, login));
}

Result<void> check_login(PostgresConnection& connection) {
  const auto row = connection.simple(R"(
    SELECT rolname, rolsuper, rolbypassrls,
           EXISTS (SELECT FROM pg_tables WHERE schemaname = 'ringdown' AND tablename = 'migrations'),
           EXISTS (SELECT FROM pg_namespace WHERE nspname = 'ringdown' AND pg_has_role(current_user, nspowner, 'MEMBER')),
           (SELECT count(*) FROM pg_roles
            WHERE rolname IN ('ringdown_tenant', 'ringdown_instance') AND pg_has_role(current_user, oid, 'MEMBER'))
    FROM pg_roles WHERE rolname = current_user)");
  const auto cell = [&](int column) { return std::string_view(PQgetvalue(row.get(), 0, column)); };
  const std::string name(cell(0));
  const std::string advice =
      "; make a plain login for the product (CREATE ROLE ringdown_app LOGIN NOINHERIT PASSWORD '…'), let it in with "
      "`ringdown migrate --grant-to ringdown_app`, and put that login into DATABASE_URL";

  const auto refuse = [&](const char* why) { return fail(Reason::conflict, fmt::format("the database login '{}' {}{}", name, why, advice), "database_url"); };
  if (cell(1) == "t") return refuse("is a superuser, whom row-level security does not bind");
  if (cell(2) == "t") return refuse("has BYPASSRLS, so row-level security does not bind it");
  if (cell(3) != "t") return fail(Reason::conflict, "the database has no tables of ours in a schema 'ringdown' yet; run `ringdown migrate` as its owner", "database_url");
  if (cell(4) == "t") return refuse("owns the schema 'ringdown', so it could switch row-level security off");
  if (cell(5) != "2") return refuse("is not a member of ringdown_tenant and ringdown_instance");
  return {};
}

Result<void> check_schema(PostgresConnection& connection, std::span<const Migration> ours) {
  const auto rows = connection.simple("BEGIN READ ONLY; SET LOCAL ROLE ringdown_instance; " + std::string(read_text));
  const auto pending = pending_migrations(ours, read_applied(rows.get()));
  connection.simple("COMMIT");
  if (!pending) return std::unexpected(pending.error());
  if (!pending->empty()) {
    return fail(Reason::conflict,
                fmt::format("the database lacks {} of this binary's {} migrations, the first is {}; run `ringdown migrate` "
                            "as the owner of the schema", pending->size(), ours.size(), pending->front().name),
                "database_url");
  }
  return {};
}

}  // namespace ringdown
