#include "tests/bench/peers/sqlite_rows.h"

#include <sqlite3.h>

#include <stdexcept>
#include <string_view>

#include "store/sql.h"

namespace ringdown::bench {
namespace {

void check(int code, int wanted = SQLITE_OK) {
  if (code != wanted) throw std::runtime_error(sqlite3_errstr(code));
}

sqlite3* open(const std::string& path) {
  sqlite3* connection = nullptr;
  check(sqlite3_open_v2(path.c_str(), &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr));
  check(sqlite3_exec(connection,
                     "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; "
                     "PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824; "
                     "PRAGMA temp_store = MEMORY",
                     nullptr, nullptr, nullptr));
  return connection;
}

sqlite3_stmt* prepare(sqlite3* connection, std::string_view text) {
  sqlite3_stmt* statement = nullptr;
  const int length = static_cast<int>(text.size());
  check(sqlite3_prepare_v3(connection, text.data(), length, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
  return statement;
}

void step(sqlite3_stmt* statement) {
  check(sqlite3_step(statement), SQLITE_DONE);
  sqlite3_reset(statement);
}

}  // namespace

SqliteRows::SqliteRows(const std::string& path, Workspace workspace)
    : workspace_(workspace),
      connection_(open(path)),
      begin_(prepare(connection_, "BEGIN IMMEDIATE")),
      insert_(prepare(connection_, sql::put_message.sqlite)),
      commit_(prepare(connection_, "COMMIT")),
      checkpointer_(open(path)),
      checkpoints_([this] { checkpoint_all(); }) {}

SqliteRows::~SqliteRows() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  checkpoints_.join();
  for (sqlite3_stmt* statement : {begin_, insert_, commit_}) sqlite3_finalize(statement);
  sqlite3_close(checkpointer_);
  sqlite3_close(connection_);
}

Load SqliteRows::run(int at_once, Span length) {
  Load load;
  const auto begun = SteadyClock::now();
  while (SteadyClock::now() < begun + length) {
    const auto asked = SteadyClock::now();
    commit_rows(at_once);
    load.units += static_cast<std::uint64_t>(at_once);
    load.waits_ms.insert(load.waits_ms.end(), static_cast<std::size_t>(at_once), ms_since(asked));
  }
  load.seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
  return load;
}

void SqliteRows::commit_rows(int count) {
  step(begin_);
  for (int i = 0; i < count; ++i) insert_row();
  step(commit_);
}

void SqliteRows::insert_row() {
  const Uuid id = next_row_id();
  const Uuid workspace = workspace_.id().value;
  sqlite3_bind_blob(insert_, 1, id.bytes.data(), 16, SQLITE_STATIC);
  sqlite3_bind_text(insert_, 2, row_kind, -1, SQLITE_STATIC);
  sqlite3_bind_null(insert_, 3);
  sqlite3_bind_text(insert_, 4, row_payload, -1, SQLITE_STATIC);
  sqlite3_bind_int64(insert_, 5, to_micros(row_time));
  sqlite3_bind_int64(insert_, 6, to_micros(row_time));
  sqlite3_bind_blob(insert_, 7, workspace.bytes.data(), 16, SQLITE_STATIC);
  step(insert_);
}

void SqliteRows::checkpoint_all() {
  std::unique_lock lock(mutex_);
  while (!woken_.wait_for(lock, 200ms, [&] { return stopping_; })) {
    sqlite3_wal_checkpoint_v2(checkpointer_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  }
}

}  // namespace ringdown::bench
