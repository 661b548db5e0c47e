#include "app/doctor_store.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/open_store.h"
#include "db/postgres_db.h"
#include "db/sqlite_db.h"
#include "store/postgres_migrations.h"
#include "store/sqlite_migrations.h"

namespace ringdown {
namespace {

Finding finding(const Result<void>& result, const std::string& good) {
  return result ? Finding{Grade::ok, good} : Finding{Grade::wrong, result.error().text};
}

Findings check_sqlite(const Config& config) {
  const std::string file = database_file(config);
  if (!std::filesystem::exists(file)) {
    return {{Grade::ok, fmt::format("{} does not exist yet; `ringdown serve` makes it", file)}};
  }
  SqliteConnection connection(file, SqliteConnection::Mode::read_write);
  if (const auto damage = first_damage(connection)) {
    return {{Grade::wrong, fmt::format("{} is damaged ({}); restore a backup", file, *damage)}};
  }
  return {finding(check_schema(connection, sqlite_migrations), file + " is sound and belongs to this version")};
}

Findings check_postgres(const Config& config) {
  PostgresConnection connection(config.database_url->reveal());
  const auto login = check_login(connection);
  if (!login) return {finding(login, {})};
  return {finding(login, "PostgreSQL answers, and row-level security binds this login"),
          finding(check_schema(connection, postgres_migrations), "the schema belongs to this version")};
}

}  // namespace

Findings check_store(const Config& config) { return config.database_url ? check_postgres(config) : check_sqlite(config); }

}  // namespace ringdown
