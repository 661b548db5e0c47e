#include "db/sqlite_connection.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstring>

#include "base/expect.h"

namespace ringdown {
namespace {

// Errors that say something about the machine, not about the statement.
const char* mendable(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL: return "disk is full; free space";
    case SQLITE_READONLY: return "file is read-only; make it and its folder writable for this user";
    case SQLITE_IOERR: return "the disk reports an error; look at the system log";
    case SQLITE_CANTOPEN: return "file cannot be opened; check that the folder exists and may be written";
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "another process holds the database; stop it or try again";
    case SQLITE_NOMEM: return "out of memory";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return "file is damaged or no database; restore a backup";
    case SQLITE_PERM:
    case SQLITE_AUTH: return "access is denied; check the owner of the file";
    case SQLITE_PROTOCOL: return "file locking does not work here; use a local disk";
    default: return nullptr;
  }
}

void bind(sqlite3_stmt* statement, int position, const Value& value) {
  struct Binder {
    sqlite3_stmt* statement;
    int position;

    int operator()(Null) const { return sqlite3_bind_null(statement, position); }
    int operator()(bool truth) const { return sqlite3_bind_int(statement, position, truth ? 1 : 0); }
    int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, position, number); }
    int operator()(double number) const { return sqlite3_bind_double(statement, position, number); }
    int operator()(const std::string& text) const {
      return sqlite3_bind_text64(statement, position, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(const Bytes& bytes) const {
      // An empty vector has no address, and a null address would bind NULL.
      return sqlite3_bind_blob64(statement, position, bytes.empty() ? "" : static_cast<const void*>(bytes.data()),
                                 bytes.size(), SQLITE_STATIC);
    }
    int operator()(const Uuid& uuid) const {
      return sqlite3_bind_blob(statement, position, uuid.bytes.data(), 16, SQLITE_STATIC);
    }
    int operator()(Time time) const { return sqlite3_bind_int64(statement, position, to_micros(time)); }
    int operator()(const Json& json) const { return (*this)(json.text); }
  };
  const int code = std::visit(Binder{statement, position}, value.any());
  expect(code == SQLITE_OK, "a value fits its parameter");
}

class SqliteRow : public Row {
 public:
  SqliteRow(sqlite3_stmt* statement, const std::vector<std::string>& names) : statement_(statement), names_(names) {}

  std::size_t columns() const override { return names_.size(); }
  std::string_view name(std::size_t column) const override { return names_[column]; }
  bool is_null(std::size_t column) const override { return type(column) == SQLITE_NULL; }
  bool boolean(std::size_t column) const override { return integer(column) != 0; }
  std::int64_t integer(std::size_t column) const override {
    expect(type(column) == SQLITE_INTEGER, "the column holds an integer");
    return sqlite3_column_int64(statement_, at(column));
  }
  double real(std::size_t column) const override { return sqlite3_column_double(statement_, at(column)); }
  std::string_view text(std::size_t column) const override {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, at(column)));
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, at(column)))};
  }
  Bytes bytes(std::size_t column) const override {
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, at(column)));
    return Bytes(bytes, bytes + sqlite3_column_bytes(statement_, at(column)));
  }
  Uuid uuid(std::size_t column) const override {
    expect(sqlite3_column_bytes(statement_, at(column)) == 16, "the column holds a uuid");
    Uuid uuid;
    std::memcpy(uuid.bytes.data(), sqlite3_column_blob(statement_, at(column)), 16);
    return uuid;
  }
  Time time(std::size_t column) const override { return from_micros(integer(column)); }

 private:
  static int at(std::size_t column) { return static_cast<int>(column); }
  int type(std::size_t column) const { return sqlite3_column_type(statement_, at(column)); }

  sqlite3_stmt* statement_;
  const std::vector<std::string>& names_;
};

std::vector<std::string> column_names(sqlite3_stmt* statement) {
  std::vector<std::string> names;
  for (int i = 0; i < sqlite3_column_count(statement); ++i) names.emplace_back(sqlite3_column_name(statement, i));
  return names;
}

// SQLite counts what it allocates behind one lock for all connections, and nobody asks it. Once something in this
// process has used SQLite it keeps counting, which does no harm.
void stop_counting() { [[maybe_unused]] static const int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

// Gives a prepared statement back as it was found, whatever happened.
struct Reset {
  sqlite3_stmt* statement;
  bool& busy;

  ~Reset() {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    busy = false;
  }
};

// Of several that open a new file at once one gives it a write-ahead log. SQLite answers the others that it is busy and
// does not wait as it does elsewhere, because each of them holds it open for reading.
void begin_wal(sqlite3* handle) {
  constexpr int attempts_max = 1000;
  constexpr int nap_ms = 5;
  for (int attempt = 0; attempt < attempts_max; ++attempt) {
    const int code = sqlite3_exec(handle, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
    if ((code & 0xff) != SQLITE_BUSY) return;  // what else is wrong the next statement says
    sqlite3_sleep(nap_ms);
  }
}

}  // namespace

SqliteConnection::SqliteConnection(const std::string& path, Mode mode) : path_(path) {
  stop_counting();
  const int flags = SQLITE_OPEN_NOMUTEX |
                    (mode == Mode::read_write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
  const int code = sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr);
  // SQLite quietly opens a file it may not write for reading only.
  if (code != SQLITE_OK || (mode == Mode::read_write && sqlite3_db_readonly(handle_, "main") == 1)) {
    const Breakage why = code == SQLITE_OK
                             ? Breakage(Reason::unavailable, fmt::format("cannot open {}: {}", path, mendable(SQLITE_READONLY)))
                             : problem("open");
    sqlite3_close_v2(handle_);
    throw why;
  }
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, 5'000);
  // A plan follows from the statement alone. Otherwise one that compares with LIKE is prepared anew for each pattern.
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  try {
    // A read-only connection must not touch the journal mode, and needs none of the writer's settings.
    if (mode == Mode::read_write) {
      begin_wal(handle_);
      execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0");
    }
    // What a large unit may have to take back goes to a file beyond some KiB, so that no unit fills the memory.
    execute("PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384; PRAGMA mmap_size = 2147418112; "
            "PRAGMA temp_store = FILE");
  } catch (...) {
    sqlite3_close_v2(handle_);
    throw;
  }
}

SqliteConnection::~SqliteConnection() {
  for (const auto& [statement, prepared] : prepared_) sqlite3_finalize(prepared.handle);
  for (const auto& [text, prepared] : frames_) sqlite3_finalize(prepared);
  sqlite3_close_v2(handle_);
}

void SqliteConnection::execute(const char* text) {
  if (sqlite3_exec(handle_, text, nullptr, nullptr, nullptr) != SQLITE_OK) throw problem("run");
}

void SqliteConnection::frame(std::string_view text) {
  auto& prepared = frames_[text];
  if (!prepared) prepared = prepare(text, "run");
  const int code = sqlite3_step(prepared);
  sqlite3_reset(prepared);
  if (code != SQLITE_DONE) throw problem("run");
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

std::int64_t SqliteConnection::changes() const { return sqlite3_changes64(handle_); }

const SqliteConnection::Prepared& SqliteConnection::prepared(const Statement& statement) {
  if (const auto found = prepared_.find(&statement); found != prepared_.end()) return found->second;

  sqlite3_stmt* fresh = prepare(statement.sqlite, statement.name);
  return prepared_.emplace(&statement, Prepared{fresh, column_names(fresh)}).first->second;
}

sqlite3_stmt* SqliteConnection::prepare(std::string_view text, std::string_view doing) {
  sqlite3_stmt* fresh = nullptr;
  const int length = static_cast<int>(text.size());
  const int code = sqlite3_prepare_v3(handle_, text.data(), length, SQLITE_PREPARE_PERSISTENT, &fresh, nullptr);
  if (code != SQLITE_OK) throw problem(doing);
  return fresh;
}

Breakage SqliteConnection::problem(std::string_view doing) const {
  const int code = sqlite3_extended_errcode(handle_);
  if (const char* mend = mendable(code)) {
    return Breakage(Reason::unavailable, fmt::format("cannot {} {}: {} ({})", doing == "open" ? "open" : "use", path_,
                                                     mend, sqlite3_errstr(code)));
  }
  return Breakage(Reason::internal, fmt::format("bug: {}: {}", doing, sqlite3_errmsg(handle_)));
}

std::int64_t SqliteTx::execute(const Statement& statement, const Values& values, const RowCallback& on_row) {
  expect(!busy_, "a row callback keeps its hands off the Tx");
  check_call(statement, values, workspace_);
  // The transaction may be gone with what failed: whatever came now would be committed by itself.
  if (failed_) throw *failed_;
  const auto& [prepared, names] = connection_.prepared(statement);
  expect(writes_ || sqlite3_stmt_readonly(prepared) != 0, "a read does not write");

  busy_ = true;
  const Reset reset{prepared, busy_};
  int position = 1;
  for (const Value& value : values) bind(prepared, position++, value);
  const Value workspace = workspace_ ? Value(workspace_->id()) : Value(Null{});
  if (statement.takes_workspace) bind(prepared, position, workspace);

  int code;
  while ((code = sqlite3_step(prepared)) == SQLITE_ROW) on_row(SqliteRow(prepared, names));
  if (code != SQLITE_DONE) throw failed_.emplace(connection_.problem(statement.name));
  return sqlite3_stmt_readonly(prepared) != 0 ? 0 : connection_.changes();
}

std::int64_t SqliteTx::run_each(const Statement& statement, std::span<const Values> rows) {
  std::int64_t changed = 0;
  for (const Values& values : rows) changed += run(statement, values);
  return changed;
}

std::int64_t SqliteTx::run_set(const Statement& statement, std::span<const Values> rows, const RowCallback& on_row) {
  std::int64_t changed = 0;
  for (const Values& values : rows) changed += execute(statement, values, on_row);
  return changed;
}

void SqliteTx::scan(const Statement& statement, const Values& values, const RowCallback& on_row) {
  execute(statement, values, on_row);
}

}  // namespace ringdown
