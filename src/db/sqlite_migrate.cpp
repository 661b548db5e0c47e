#include <fmt/format.h>
#include <sqlite3.h>

#include "db/sqlite_db.h"

namespace ringdown {
namespace {

constexpr const char* table = R"(
CREATE TABLE IF NOT EXISTS migrations (
  number     INTEGER NOT NULL PRIMARY KEY,
  name       TEXT NOT NULL,
  contracts  INTEGER NOT NULL,
  checksum   TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT)";

std::string column_text(sqlite3_stmt* row, int column) {
  return reinterpret_cast<const char*>(sqlite3_column_text(row, column));
}

std::vector<AppliedMigration> applied(SqliteConnection& connection) {
  sqlite3_stmt* query = nullptr;
  sqlite3_prepare_v2(connection.handle(), "SELECT number, name, contracts, checksum FROM migrations ORDER BY number",
                     -1, &query, nullptr);
  std::vector<AppliedMigration> all;
  while (sqlite3_step(query) == SQLITE_ROW) {
    all.push_back({sqlite3_column_int(query, 0), column_text(query, 1), sqlite3_column_int(query, 2) != 0,
                   column_text(query, 3)});
  }
  if (sqlite3_finalize(query) != SQLITE_OK) throw connection.problem("read the applied migrations");
  return all;
}

void note(SqliteConnection& connection, const Migration& migration) {
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(connection.handle(),
                     "INSERT INTO migrations (number, name, contracts, checksum, applied_at) "
                     "VALUES (?1, ?2, ?3, ?4, unixepoch() * 1000000)",
                     -1, &insert, nullptr);
  sqlite3_bind_int(insert, 1, migration.number);
  sqlite3_bind_text(insert, 2, migration.name.data(), static_cast<int>(migration.name.size()), SQLITE_STATIC);
  sqlite3_bind_int(insert, 3, migration.contracts ? 1 : 0);
  sqlite3_bind_text(insert, 4, migration.checksum.data(), static_cast<int>(migration.checksum.size()), SQLITE_STATIC);
  sqlite3_step(insert);
  if (sqlite3_finalize(insert) != SQLITE_OK) throw connection.problem("note a migration");
}

// Applies the first pending migration, if there is one, under the writer's lock.
std::optional<std::string> migrate_once(SqliteConnection& connection, std::span<const Migration> ours) {
  const auto pending = pending_migrations(ours, applied(connection));
  if (!pending) throw Breakage(pending.error().reason, pending.error().text);
  if (pending->empty()) return std::nullopt;

  const Migration& next = pending->front();
  try {
    connection.execute(std::string(next.text).c_str());
    note(connection, next);
  } catch (const Breakage& breakage) {
    throw Breakage(breakage.reason(), fmt::format("migration {} failed and left nothing behind: {}", next.name, breakage.what()));
  }
  return std::string(next.name);
}

}  // namespace

std::vector<std::string> migrate_sqlite(SqliteConnection& connection, std::span<const Migration> ours) {
  std::vector<std::string> done;
  while (true) {
    connection.execute("BEGIN IMMEDIATE");
    try {
      connection.execute(table);
      auto name = migrate_once(connection, ours);
      connection.execute("COMMIT");
      if (!name) return done;
      done.push_back(std::move(*name));
    } catch (...) {
      if (connection.in_transaction()) connection.execute("ROLLBACK");
      throw;
    }
  }
}

Result<void> check_schema(SqliteConnection& connection, std::span<const Migration> ours) {
  const auto pending = pending_migrations(ours, applied(connection));
  if (!pending) return std::unexpected(pending.error());
  return {};
}

std::optional<std::string> first_damage(SqliteConnection& connection) {
  sqlite3_stmt* check = nullptr;
  sqlite3_prepare_v2(connection.handle(), "PRAGMA quick_check(1)", -1, &check, nullptr);
  std::string found = sqlite3_step(check) == SQLITE_ROW ? column_text(check, 0) : "it cannot be read";
  sqlite3_finalize(check);
  if (found == "ok") return std::nullopt;
  return found;
}

}  // namespace ringdown
