// What the fault tests kill: a process that writes units as fast as it can and says which were answered.
//   store_victim write sqlite|postgres PATH|URL FIRST   writes units FIRST, FIRST + 1, … and prints each that
//   is committed store_victim open PATH                              opens an SQLite store, or prints why it
//   cannot store_victim migrate PATH                           begins a migration, prints "half" in its
//   middle and stays there
#include <signal.h>
#include <sqlite3.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "tests/faults/units.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr int at_once = 32;

void print(const std::string& line) {
  const std::string text = line + "\n";
  if (::write(STDOUT_FILENO, text.data(), text.size()) < 0) _exit(1);
}

std::unique_ptr<Db> open(const std::string& kind, const std::string& where) {
  if (kind == "sqlite") return std::make_unique<SqliteDb>(SqliteOptions{.path = where}, sqlite_migrations);
  return std::make_unique<PostgresDb>(PostgresOptions{.url = where}, postgres_migrations);
}

// Some units are refused, and some throw, after they have written: nobody may ever find those.
Result<int> unit(Tx& tx, std::uint64_t n) {
  write_rows(tx, n);
  if (comes_to_nothing(n) && n % 2 == 0) throw Breakage(Reason::internal, "the unit says so");
  if (comes_to_nothing(n)) return fail(Reason::conflict, "the unit says so");
  return 0;
}

Task<void> write_on(Db& db, std::uint64_t& next) {
  while (true) {
    const std::uint64_t n = next++;
    const auto work = [n](Tx& tx) { return unit(tx, n); };
    try {
      const auto workspace = workspace_of(n);
      const auto answer = workspace ? co_await db.write(*workspace, work) : co_await db.instance(work);
      if (answer) print(std::to_string(n));
    } catch (const Breakage& breakage) {
      if (breakage.reason() != Reason::internal) print(breakage.what());
    }
  }
}

void write_until_killed(Db& db, std::uint64_t first) {
  boost::asio::io_context loop(1);
  for (int i = 0; i < at_once; ++i) boost::asio::co_spawn(loop, write_on(db, first), boost::asio::detached);
  loop.run();
}

void stay_in_migration(const std::string& path) {
  const auto with_pause = +[](sqlite3* opened, char**, const void*) {
    const auto pause_here = +[](sqlite3_context*, int, sqlite3_value**) {
      print("half");
      pause();
    };
    return sqlite3_create_function(opened, "pause_here", 0, SQLITE_UTF8, nullptr, pause_here, nullptr,
                                   nullptr);
  };
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(with_pause));
  std::vector<Migration> migrations(std::begin(sqlite_migrations), std::end(sqlite_migrations));
  migrations.push_back({static_cast<int>(migrations.size()) + 1, "9999_slow", false, "abc",
                        "CREATE TABLE half (x INTEGER); INSERT INTO half VALUES (1); SELECT pause_here();"});
  SqliteDb({.path = path}, migrations);
}

}  // namespace

int main(int argc, char** argv) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    if (words.size() == 4 && words[0] == "write") {
      const auto db = open(words[1], words[2]);
      print("open");
      write_until_killed(*db, std::stoull(words[3]));
    } else if (words.size() == 2 && words[0] == "open") {
      open("sqlite", words[1]);
      print("open");
    } else if (words.size() == 2 && words[0] == "migrate") {
      stay_in_migration(words[1]);
    }
  } catch (const Breakage& breakage) {
    print(breakage.what());
  }
}
