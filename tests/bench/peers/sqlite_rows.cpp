#include "tests/bench/peers/sqlite_rows.h"

#include <sqlite3.h>

#include "store/sql.h"
#include "tests/bench/peers/sqlite_tools.h"

namespace ringdown::bench {

SqliteRows::SqliteRows(const std::string& path, Workspace workspace)
    : workspace_(workspace),
      connection_(open_sqlite(path)),
      begin_(prepare_sqlite(connection_, "BEGIN IMMEDIATE")),
      insert_(prepare_sqlite(connection_, sql::put_message.sqlite)),
      commit_(prepare_sqlite(connection_, "COMMIT")),
      checkpointer_(path) {}

SqliteRows::~SqliteRows() {
  for (sqlite3_stmt* statement : {begin_, insert_, commit_}) sqlite3_finalize(statement);
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
  step_sqlite(begin_);
  for (int i = 0; i < count; ++i) insert_row();
  step_sqlite(commit_);
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
  step_sqlite(insert_);
}

}  // namespace ringdown::bench
