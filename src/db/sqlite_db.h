// The embedded store. One writer thread commits many units together; readers work on snapshots beside it; a
// checkpointer moves what was committed from the log into the file. An in-memory database lives on the writer alone.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "db/listeners.h"
#include "db/sqlite_connection.h"
#include "db/unit_queue.h"
#include "ports/migration.h"

namespace ringdown {

struct SqliteOptions {
  std::string path;                  // ":memory:" for a database that dies with this object
  std::size_t readers = 2;           // snapshots at a time
  std::size_t waiting_max = 4096;    // units that may wait for the writer, and as many for the readers
  std::size_t group_max = 64;        // units in one commit
  Span group_time_max = 10ms;        // or as many as this time allows
};

class SqliteDb : public Db {
 public:
  // Opens or creates the file and brings its schema up to date; throws Breakage when it cannot be used.
  SqliteDb(SqliteOptions options, std::span<const Migration> migrations);
  ~SqliteDb() override;  // finishes what waits

  void submit(Unit) override;
  void on_change(std::function<void()>) override;

 private:
  struct Ran;

  void write_all();
  void read_all();
  void checkpoint_all();
  void write_group(Unit first);
  bool run_in_group(SqliteConnection&, Ran&);
  std::exception_ptr commit(SqliteConnection&);
  void answer(std::vector<Ran>&, std::exception_ptr commit_problem);
  void read_one(SqliteConnection&, Unit&);

  SqliteOptions options_;
  bool in_memory_;
  std::unique_ptr<SqliteConnection> writer_;
  UnitQueue writes_;
  UnitQueue reads_;
  std::mutex quiet_mutex_;  // the checkpointer's nap
  std::condition_variable quiet_;
  bool stopping_ = false;
  Listeners listeners_;
  std::vector<std::jthread> threads_;
};

// Applies what is pending, each in a transaction of its own; throws Breakage{conflict} when binary and file do not
// belong together. Says what it applied.
std::vector<std::string> migrate_sqlite(SqliteConnection&, std::span<const Migration>);

// For doctor: do file and binary belong together (what is pending is no fault), and the first damage in the file.
Result<void> check_schema(SqliteConnection&, std::span<const Migration>);
std::optional<std::string> first_damage(SqliteConnection&);

}  // namespace ringdown
