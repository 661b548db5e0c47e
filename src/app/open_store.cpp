#include "app/open_store.h"

#include "base/log.h"
#include "db/postgres_db.h"
#include "db/sqlite_db.h"
#include "store/postgres_migrations.h"
#include "store/sqlite_migrations.h"

namespace ringdown {
namespace {

const Secret& owner_url(const Config& config) {
  return config.migrate_database_url ? *config.migrate_database_url : *config.database_url;
}

}  // namespace

std::string database_file(const Config& config) { return config.data + "/ringdown.db"; }

std::unique_ptr<Db> open_store(const Config& config) {
  if (!config.database_url) {
    return std::make_unique<SqliteDb>(SqliteOptions{.path = database_file(config)}, sqlite_migrations);
  }
  if (config.migrate_database_url) {
    for (const std::string& name : migrate_store(config, {})) log::info("migrated", {{"migration", name}});
  }
  PostgresOptions options{.url = config.database_url->reveal(),
                          .threads = static_cast<std::size_t>(config.store_threads)};
  return std::make_unique<PostgresDb>(std::move(options), postgres_migrations);
}

std::vector<std::string> migrate_store(const Config& config, const std::vector<std::string>& grant_to) {
  if (!config.database_url && !config.migrate_database_url) {
    SqliteConnection connection(database_file(config), SqliteConnection::Mode::read_write);
    return migrate_sqlite(connection, sqlite_migrations);
  }
  auto applied = migrate_postgres(owner_url(config).reveal(), postgres_migrations);
  for (const std::string& login : grant_to) grant_postgres(owner_url(config).reveal(), login);
  return applied;
}

}  // namespace ringdown
