// The bare peer on SQLite: one thread, one prepared INSERT, a transaction of so many rows. The same file
// format, schema, statement and pragmas as the product's, and a checkpointer beside it as there; nothing
// else.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "tests/bench/contender.h"

struct sqlite3;
struct sqlite3_stmt;

namespace ringdown::bench {

class SqliteRows : public Contender {
 public:
  SqliteRows(const std::string& path, Workspace workspace);
  ~SqliteRows() override;

  Load run(int at_once, Span length) override;

 private:
  void commit_rows(int count);
  void insert_row();
  void checkpoint_all();

  Workspace workspace_;
  sqlite3* connection_ = nullptr;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* commit_ = nullptr;
  sqlite3* checkpointer_ = nullptr;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  std::jthread checkpoints_;
};

}  // namespace ringdown::bench
