#include "tests/support/stores.h"

#include "store/people.h"

namespace ringdown::test {

std::string to_text(StoreKind kind) {
  switch (kind) {
    case StoreKind::sqlite: return "sqlite";
    case StoreKind::sqlite_memory: return "sqlite in memory";
    case StoreKind::postgres: return "postgres";
  }
  return "";
}

FreshStore::FreshStore(StoreKind kind, PostgresServer* server) : kind_(kind), server_(server) {
  if (kind == StoreKind::postgres) {
    if (!server_) server_ = &PostgresServer::shared();
    database_ = server_->new_database();
    migrate_postgres(server_->owner_url(database_), postgres_migrations);
    grant_postgres(server_->owner_url(database_), "app");
  } else if (kind == StoreKind::sqlite_memory) {
    database_ = ":memory:";
  } else {
    dir_ = std::make_unique<TempDir>();
    database_ = *dir_ / "ringdown.db";
  }
}

std::unique_ptr<Db> FreshStore::open(std::size_t threads) const {
  if (kind_ == StoreKind::postgres) {
    return std::make_unique<PostgresDb>(PostgresOptions{.url = server_->app_url(database_), .threads = threads},
                                        postgres_migrations);
  }
  return std::make_unique<SqliteDb>(SqliteOptions{.path = database_}, sqlite_migrations);
}

Workspace a_workspace(Db& db, std::uint64_t n) {
  const store::WorkspaceRecord workspace{nth<WorkspaceTag>(n), "Clinic " + std::to_string(n), WorkspaceKind::rehearsal,
                                         tuesday};
  await(db.instance([&](Tx& tx) { store::add_workspace(tx, workspace); }));
  return Workspace(workspace.id);
}

}  // namespace ringdown::test
