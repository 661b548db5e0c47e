// The databases a test runs on, each fresh and with the product's schema.
#pragma once

#include <memory>
#include <string>

#include "db/postgres_db.h"
#include "db/sqlite_db.h"
#include "domain/workspace.h"
#include "ports/await.h"
#include "ports/chance.h"
#include "store/postgres_migrations.h"
#include "store/sqlite_migrations.h"
#include "tests/support/postgres_server.h"

namespace ringdown::test {

enum class StoreKind { sqlite, sqlite_memory, postgres };
inline constexpr StoreKind every_store[] = {StoreKind::sqlite, StoreKind::sqlite_memory, StoreKind::postgres};
std::string to_text(StoreKind);

// A fresh database; open() may be called again after the last Db was let go.
class FreshStore {
 public:
  explicit FreshStore(StoreKind kind, PostgresServer* server = nullptr);

  std::unique_ptr<Db> open(std::size_t threads = 8) const;

  StoreKind kind() const { return kind_; }
  const std::string& database() const { return database_; }  // a PostgreSQL name, or the path of a file

 private:
  StoreKind kind_;
  PostgresServer* server_;
  std::unique_ptr<TempDir> dir_;
  std::string database_;
};

// A moment that tests count from: Tuesday 2026-01-06, 10:00 UTC.
inline constexpr Time tuesday = Time{std::chrono::sys_days{std::chrono::year{2026} / 1 / 6}} + 10h;

// The n-th id of a test, the same in every run; later ones sort later.
template <class Of>
Id<Of> nth(std::uint64_t n) {
  return {uuid_v7(tuesday + std::chrono::milliseconds(n), {0, 0})};
}

// Adds a workspace and takes it in hand.
Workspace a_workspace(Db&, std::uint64_t n = 1);

}  // namespace ringdown::test
