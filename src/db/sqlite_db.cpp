#include "db/sqlite_db.h"

#include <sqlite3.h>

#include "base/expect.h"
#include "base/log.h"

namespace ringdown {
namespace {

constexpr auto checkpoint_every = 200ms;
constexpr int log_pages_max = 65'536;  // 256 MiB: then the checkpointer waits for readers and starts the log anew

// Every waiting unit gets an exception of its own, so that no two threads let go of one.
std::exception_ptr own_copy(const std::exception_ptr& shared) {
  if (!shared) return nullptr;
  try {
    std::rethrow_exception(shared);
  } catch (const Breakage& breakage) {
    return std::make_exception_ptr(breakage);
  } catch (...) {
    return shared;
  }
}

// What fails here fails for the writer as well, and is reported there.
void checkpoint(SqliteConnection& connection) {
  int log_pages = 0;
  sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &log_pages, nullptr);
  if (log_pages > log_pages_max) {
    sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  }
}

}  // namespace

// A unit of the group that is being written, and how it went.
struct SqliteDb::Ran {
  Unit unit;
  std::exception_ptr problem{};  // the unit threw, or took the transaction with it
  bool out = false;              // takes no further part in the group
  bool announced = false;
};

SqliteDb::SqliteDb(SqliteOptions options, std::span<const Migration> migrations)
    : options_(std::move(options)),
      in_memory_(options_.path == ":memory:"),
      writer_(std::make_unique<SqliteConnection>(options_.path, SqliteConnection::Mode::read_write)),
      writes_(options_.waiting_max),
      reads_(options_.waiting_max) {
  migrate_sqlite(*writer_, migrations);
  threads_.emplace_back([this] { write_all(); });
  if (in_memory_) return;

  for (std::size_t i = 0; i < options_.readers; ++i) threads_.emplace_back([this] { read_all(); });
  threads_.emplace_back([this] { checkpoint_all(); });
}

SqliteDb::~SqliteDb() {
  writes_.close();
  reads_.close();
  {
    const std::lock_guard lock(quiet_mutex_);
    stopping_ = true;
  }
  quiet_.notify_all();
  threads_.clear();
  if (!in_memory_) sqlite3_wal_checkpoint_v2(writer_->handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

void SqliteDb::submit(Unit unit) {
  UnitQueue& queue = unit.writes || in_memory_ ? writes_ : reads_;
  queue.push(std::move(unit));
}

void SqliteDb::on_change(std::function<void()> listener) { listeners_.add(std::move(listener)); }

void SqliteDb::write_all() {
  while (auto unit = writes_.take()) {
    if (unit->writes) {
      write_group(std::move(*unit));
    } else {
      read_one(*writer_, *unit);
    }
  }
}

// Runs units until the group is full, the time is up or nobody waits, then commits them together. A unit that takes
// the whole transaction with it (a full disk does) is out, and those before it run again.
void SqliteDb::write_group(Unit first) {
  const auto begun = std::chrono::steady_clock::now();
  std::vector<Ran> group;
  group.reserve(options_.group_max);
  group.push_back({std::move(first)});
  std::exception_ptr problem;
  try {
    writer_->frame("BEGIN IMMEDIATE");
    for (std::size_t next = 0; next < group.size();) {
      if (group[next].out || run_in_group(*writer_, group[next])) {
        ++next;
      } else {
        writer_->frame("BEGIN IMMEDIATE");
        next = 0;
      }
      const bool more = group.size() < options_.group_max &&
                        std::chrono::steady_clock::now() - begun < options_.group_time_max;
      if (next == group.size() && more) {
        if (auto unit = writes_.try_take()) group.push_back({std::move(*unit)});
      }
    }
    problem = commit(*writer_);
  } catch (...) {
    problem = std::current_exception();
  }
  answer(group, problem);
}

// False when the transaction is gone, and all that was done in it.
bool SqliteDb::run_in_group(SqliteConnection& connection, Ran& ran) {
  connection.frame("SAVEPOINT unit");
  SqliteTx tx(connection, ran.unit.workspace, ran.unit.writes);
  Keep keep = Keep::no;
  ran.problem = nullptr;
  try {
    keep = ran.unit.work(tx);
  } catch (...) {
    ran.problem = std::current_exception();
  }
  if (tx.failed() && !ran.problem) ran.problem = std::make_exception_ptr(*tx.failed());
  if (ran.problem) keep = Keep::no;
  ran.announced = keep == Keep::yes && tx.announced();
  ran.out = !connection.in_transaction();
  if (ran.out) return false;

  if (keep == Keep::no) connection.execute("ROLLBACK TO unit");
  connection.frame("RELEASE unit");
  return true;
}

// Null once the group is on the disk; otherwise why not, and whether that is certain.
std::exception_ptr SqliteDb::commit(SqliteConnection& connection) {
  try {
    connection.frame("COMMIT");
    return nullptr;
  } catch (const Breakage& breakage) {
    const int code = sqlite3_extended_errcode(connection.handle());
    // After a failed fsync nobody can say whether the last pages reached the disk.
    const bool unsure = (code & 0xff) == SQLITE_IOERR && code != SQLITE_IOERR_WRITE;
    if (connection.in_transaction()) connection.execute("ROLLBACK");
    if (!unsure) throw;
    return std::make_exception_ptr(Breakage(Reason::commit_unknown, breakage.what()));
  }
}

void SqliteDb::answer(std::vector<Ran>& group, std::exception_ptr commit_problem) {
  if (commit_problem && writer_->in_transaction()) {
    try {
      writer_->execute("ROLLBACK");
    } catch (const Breakage& breakage) {
      log::error("a failed group could not be rolled back", {{"reason", breakage.what()}});
    }
  }
  bool announced = false;
  for (Ran& ran : group) {
    announced = announced || (ran.announced && !commit_problem);
    ran.unit.done(ran.problem ? std::move(ran.problem) : own_copy(commit_problem));
  }
  if (announced) listeners_.tell();
}

void SqliteDb::read_all() {
  std::unique_ptr<SqliteConnection> connection;
  while (auto unit = reads_.take()) {
    try {
      if (!connection) connection = std::make_unique<SqliteConnection>(options_.path, SqliteConnection::Mode::read_only);
    } catch (...) {
      unit->done(std::current_exception());
      continue;
    }
    read_one(*connection, *unit);
  }
}

void SqliteDb::read_one(SqliteConnection& connection, Unit& unit) {
  std::exception_ptr problem;
  try {
    connection.frame("BEGIN");
    SqliteTx tx(connection, unit.workspace, unit.writes);
    unit.work(tx);
    if (tx.failed()) throw *tx.failed();
    connection.frame("ROLLBACK");
  } catch (...) {
    problem = std::current_exception();
    if (connection.in_transaction()) sqlite3_exec(connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  unit.done(std::move(problem));
}

void SqliteDb::checkpoint_all() {
  std::unique_ptr<SqliteConnection> connection;
  std::unique_lock lock(quiet_mutex_);
  while (!quiet_.wait_for(lock, checkpoint_every, [&] { return stopping_; })) {
    lock.unlock();
    try {
      if (!connection) connection = std::make_unique<SqliteConnection>(options_.path, SqliteConnection::Mode::read_write);
      checkpoint(*connection);
    } catch (const Breakage& breakage) {
      log::warn("no checkpoint for now", {{"reason", breakage.what()}});
    }
    lock.lock();
  }
}

}  // namespace ringdown
