// The bare peer on SQLite: one thread, one prepared INSERT, a transaction of so many rows. The same file
// format, schema, statement and pragmas as the product's, and a checkpointer beside it as there; nothing
// else.
#pragma once

#include <string>

#include "tests/bench/contender.h"
#include "tests/bench/peers/sqlite_tools.h"

namespace ringdown::bench {

class SqliteRows : public Contender {
 public:
  SqliteRows(const std::string& path, Workspace workspace);
  ~SqliteRows() override;

  Load run(int at_once, Span length) override;

 private:
  void commit_rows(int count);
  void insert_row();

  Workspace workspace_;
  sqlite3* connection_ = nullptr;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* commit_ = nullptr;
  SqliteCheckpointer checkpointer_;
};

}  // namespace ringdown::bench
