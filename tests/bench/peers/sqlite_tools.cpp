#include "tests/bench/peers/sqlite_tools.h"

#include <sqlite3.h>

#include <chrono>
#include <stdexcept>

namespace ringdown::bench {

void check_sqlite(int code, int wanted) {
  if (code != wanted) throw std::runtime_error(sqlite3_errstr(code));
}

sqlite3* open_sqlite(const std::string& path) {
  sqlite3* connection = nullptr;
  check_sqlite(
      sqlite3_open_v2(path.c_str(), &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr));
  check_sqlite(
      sqlite3_exec(connection,
                   "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; "
                   "PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824; "
                   "PRAGMA temp_store = MEMORY",
                   nullptr, nullptr, nullptr));
  return connection;
}

sqlite3_stmt* prepare_sqlite(sqlite3* connection, std::string_view text) {
  sqlite3_stmt* statement = nullptr;
  const int length = static_cast<int>(text.size());
  check_sqlite(
      sqlite3_prepare_v3(connection, text.data(), length, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
  return statement;
}

void step_sqlite(sqlite3_stmt* statement) {
  if (sqlite3_step(statement) != SQLITE_DONE)
    throw std::runtime_error(sqlite3_errmsg(sqlite3_db_handle(statement)));
  sqlite3_reset(statement);
}

SqliteCheckpointer::SqliteCheckpointer(const std::string& path)
    : connection_(open_sqlite(path)), checkpoints_([this] { checkpoint_all(); }) {}

SqliteCheckpointer::~SqliteCheckpointer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  checkpoints_.join();
  sqlite3_close(connection_);
}

void SqliteCheckpointer::checkpoint_all() {
  std::unique_lock lock(mutex_);
  while (!woken_.wait_for(lock, std::chrono::milliseconds(200), [&] { return stopping_; })) {
    sqlite3_wal_checkpoint_v2(connection_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  }
}

}  // namespace ringdown::bench
