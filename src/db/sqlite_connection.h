// One SQLite connection and the statements prepared on it. Used by one thread at a time; opened by SqliteDb and by
// the migrations.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "ports/db.h"

struct sqlite3;
struct sqlite3_stmt;

namespace ringdown {

class SqliteConnection {
 public:
  enum class Mode { read_write, read_only };

  struct Prepared {
    sqlite3_stmt* handle;
    std::vector<std::string> names;  // of its columns
  };

  // Throws Breakage{unavailable} when the file cannot be opened as asked. ":memory:" is a database of its own.
  SqliteConnection(const std::string& path, Mode mode);
  ~SqliteConnection();

  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  // Text that is a constant of this layer or a migration: pragmas, BEGIN, COMMIT.
  void execute(const char* text);

  // One statement of that kind which frames every unit or group: prepared once.
  void frame(std::string_view text);

  bool in_transaction() const;
  std::int64_t changes() const;
  const Prepared& prepared(const Statement&);
  sqlite3* handle() const { return handle_; }

  // What SQLite said last, as a Breakage: unavailable for what may mend itself, internal for what is a bug.
  Breakage problem(std::string_view doing) const;

 private:
  sqlite3_stmt* prepare(std::string_view text, std::string_view doing);

  std::string path_;
  sqlite3* handle_ = nullptr;
  std::unordered_map<const Statement*, Prepared> prepared_;
  std::unordered_map<std::string_view, sqlite3_stmt*> frames_;
};

class SqliteTx : public Tx {
 public:
  SqliteTx(SqliteConnection& connection, std::optional<Workspace> workspace, bool writes)
      : connection_(connection), workspace_(workspace), writes_(writes) {}

  std::int64_t run_each(const Statement&, std::span<const Values> rows) override;
  std::int64_t run_set(const Statement&, std::span<const Values> rows, const RowCallback&) override;
  void scan(const Statement&, const Values&, const RowCallback&) override;
  void announce() override { announced_ = true; }

  void enter(std::optional<Workspace> workspace) { workspace_ = workspace; }  // for WholeStore alone

  bool announced() const { return announced_; }
  const std::optional<Breakage>& failed() const { return failed_; }  // a statement did; the unit is lost

 protected:
  std::int64_t execute(const Statement&, const Values&, const RowCallback&) override;

 private:
  SqliteConnection& connection_;
  std::optional<Workspace> workspace_;
  bool writes_;
  bool busy_ = false;
  bool announced_ = false;
  std::optional<Breakage> failed_;
};

}  // namespace ringdown
