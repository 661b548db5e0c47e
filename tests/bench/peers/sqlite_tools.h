// What the bare peers on SQLite share: a connection with the product's pragmas, and a checkpointer.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

struct sqlite3;
struct sqlite3_stmt;

namespace ringdown::bench {

void check_sqlite(int code, int wanted = 0);  // SQLITE_OK
sqlite3* open_sqlite(const std::string& path);
sqlite3_stmt* prepare_sqlite(sqlite3*, std::string_view text);
void step_sqlite(sqlite3_stmt*);  // to its end, and back to its beginning

class SqliteCheckpointer {
 public:
  explicit SqliteCheckpointer(const std::string& path);
  ~SqliteCheckpointer();

 private:
  void checkpoint_all();

  sqlite3* connection_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  std::jthread checkpoints_;
};

}  // namespace ringdown::bench
