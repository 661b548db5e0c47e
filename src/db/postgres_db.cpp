#include "db/postgres_db.h"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <random>

#include "base/expect.h"
#include "base/log.h"

namespace ringdown {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto again_for = 10s;         // how long a unit is run again because it met others
constexpr int lost_tries_max = 3;       // how often on a fresh connection
constexpr auto reconnect_after = 300ms; // after a failed attempt: fail at once rather than wait in line
constexpr auto listener_nap = 1s;
constexpr auto notify_every = 5ms;      // each one costs the cluster two transactions and every node a look

void require(const Result<void>& check) {
  if (!check) throw Breakage(check.error().reason, check.error().text);
}

}  // namespace

// A store thread: its connection, and one unit after the other.
class PostgresDb::Thread {
 public:
  Thread(PostgresDb& db) : db_(db), chance_(std::random_device{}()) {}

  void run() {
    while (auto unit = db_.units_.take()) {
      std::exception_ptr problem;
      try {
        perform(*unit);
      } catch (...) {
        problem = std::current_exception();
      }
      unit->done(problem);
    }
  }

 private:
  // Runs the unit until it is committed or there is no hope.
  void perform(Unit& unit) {
    const auto give_up = Clock::now() + again_for;
    for (int again = 0, lost = 0;;) {
      try {
        return run_once(unit);
      } catch (const PostgresProblem& problem) {
        if (problem.reason() == Reason::commit_unknown) throw;
        if (problem.kind() == PostgresProblem::Kind::again && Clock::now() < give_up) {
          pause(++again);
        } else if (problem.kind() != PostgresProblem::Kind::lost || ++lost >= lost_tries_max) {
          throw;
        }
      }
    }
  }

  void run_once(Unit& unit) {
    PostgresTx tx(connection(), unit.workspace, unit.writes);
    try {
      const Keep keep = unit.work(tx);
      tx.check();
      if (keep == Keep::no) {
        tx.settle();
        return tx.roll_back();
      }
      tx.commit();
    } catch (const PostgresProblem& problem) {
      const bool unsure = tx.committing() && unit.writes && problem.kind() == PostgresProblem::Kind::lost;
      clean_up(tx);
      if (!unsure) throw;
      if (tx.announced()) db_.announce();  // it may well be there
      throw PostgresProblem(PostgresProblem::Kind::lost, Reason::commit_unknown,
                            "the connection to PostgreSQL was lost during COMMIT; look before doing it again");
    } catch (...) {
      clean_up(tx);
      throw;
    }
    if (tx.announced()) db_.announce();
  }

  // Back to a connection without a transaction, or to none.
  void clean_up(PostgresTx& tx) {
    try {
      tx.roll_back();
      if (!connection_->usable()) connection_.reset();
    } catch (const Breakage&) {
      connection_.reset();
    }
  }

  PostgresConnection& connection() {
    if (connection_ && connection_->usable()) return *connection_;

    connection_.reset();
    if (outage_ && Clock::now() < outage_until_) throw *outage_;
    try {
      connection_ = std::make_unique<PostgresConnection>(db_.options_.url, db_.options_.answer_time_max);
      outage_.reset();
    } catch (const PostgresProblem& problem) {
      outage_ = PostgresProblem(PostgresProblem::Kind::other, Reason::unavailable, problem.what());
      outage_until_ = Clock::now() + reconnect_after;
      throw *outage_;
    }
    return *connection_;
  }

  void pause(int times) {
    const auto longest = std::chrono::microseconds(500) * std::min(1 << std::min(times, 6), 64);
    std::uniform_int_distribution<std::int64_t> spread(0, longest.count());
    std::this_thread::sleep_for(std::chrono::microseconds(spread(chance_)));
  }

  PostgresDb& db_;
  std::minstd_rand chance_;
  std::unique_ptr<PostgresConnection> connection_;
  std::optional<PostgresProblem> outage_;  // the last failed attempt to connect, and until when it stands
  Clock::time_point outage_until_;
};

// Passes our own announcements on, here and to the other nodes, many units at a time: a NOTIFY inside each unit would
// make all commits of the cluster wait for one another. Hears those of other nodes.
class PostgresDb::Listener {
 public:
  Listener(PostgresDb& db) : db_(db) {}

  void run() {
