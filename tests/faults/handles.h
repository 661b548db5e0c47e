// The writer connection of a SqliteDb that is opened while this lives: a unit of work, which runs on its
// thread, may do to it what the product never would.
#pragma once

#include <sqlite3.h>

#include <string>

namespace ringdown::test {

class SqliteHandles {
 public:
  SqliteHandles() {
    writer = nullptr;
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(keep_first));
  }
  ~SqliteHandles() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(keep_first)); }

  // The file may grow by so many pages. Called inside a unit that writes.
  void no_room_beyond(int pages) const {
    limit("(SELECT page_count FROM pragma_page_count()) + " + std::to_string(pages));
  }
  void room_again() const { limit("1000000000"); }

 private:
  void limit(const std::string& pages) const {
    int count = 0;
    sqlite3_exec(
        writer, ("SELECT " + pages).c_str(),
        [](void* to, int, char** row, char**) { return *static_cast<int*>(to) = std::stoi(row[0]), 0; },
        &count, nullptr);
    sqlite3_exec(writer, ("PRAGMA max_page_count = " + std::to_string(count)).c_str(), nullptr, nullptr,
                 nullptr);
  }

  static int keep_first(sqlite3* opened, char**, const void*) {
    if (!writer) writer = opened;
    return SQLITE_OK;
  }

  static inline sqlite3* writer = nullptr;  // SqliteDb opens it before any other
};

}  // namespace ringdown::test
