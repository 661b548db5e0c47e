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
constexpr int taken_tries_max = 3;      // how often a unit is run whose snapshot may hide what stands in its way
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
      unit->done(std::move(problem));  // whoever waits owns it alone
    }
  }

 private:
  // Runs the unit until it is committed or there is no hope.
  void perform(Unit& unit) {
    const auto give_up = Clock::now() + again_for;
    for (int again = 0, taken = 0, lost = 0;;) {
      try {
        return run_once(unit);
      } catch (const PostgresProblem& problem) {
        using Kind = PostgresProblem::Kind;
        if (problem.reason() == Reason::commit_unknown) throw;
        switch (problem.kind()) {
          case Kind::again:
            if (Clock::now() >= give_up) throw;
            pause(++again);
            break;
          case Kind::taken:
            if (++taken >= taken_tries_max) throw;
            break;
          case Kind::lost:
            if (++lost >= lost_tries_max) throw;
            break;
          case Kind::other: throw;
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
    for (bool last = false; !last;) {
      last = db_.stopping_;  // then once more, for what is owed
      if (db_.announced_.exchange(false)) {
        owed_ = true;
        db_.listeners_.tell();
      }
      try {
        if (!connection_ && last) return;
        if (!connection_) connect();
        tell_others(last);
        // A word that came in with the answer to ours does not make the socket readable again: hear before the nap.
        if (!hear_others() && !last) nap(PQsocket(connection_->handle()), owed_ ? until_the_next_word() : -1);
      } catch (const Breakage& breakage) {
        log::warn("no word from other nodes for now", {{"reason", breakage.what()}});
        connection_.reset();
        if (!last) nap(-1, std::chrono::milliseconds(listener_nap).count());
      }
    }
  }

 private:
  void connect() {
    connection_ = std::make_unique<PostgresConnection>(db_.options_.url, db_.options_.answer_time_max);
    connection_->simple("SET synchronous_commit = off; LISTEN ringdown_changes");
    db_.listeners_.tell();  // whatever was missed while nobody listened
  }

  // Owed until it has arrived: what is lost on the way would be missed by everybody else.
  void tell_others(bool at_once) {
    if (!owed_ || (!at_once && Clock::now() < notify_from_)) return;
    connection_->simple("NOTIFY ringdown_changes");
    owed_ = false;
    notify_from_ = Clock::now() + notify_every;
  }

  std::int64_t until_the_next_word() const {
    return std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::milliseconds>(notify_from_ - Clock::now()).count());
  }

  // Until there is something to read, something of ours to tell, or the time is up; poll passes over socket -1.
  void nap(int socket, std::int64_t milliseconds) {
    pollfd watched[] = {{socket, POLLIN, 0}, {db_.wake_, POLLIN, 0}};
    poll(watched, 2, static_cast<int>(milliseconds));
    std::uint64_t count = 0;
    [[maybe_unused]] const auto taken = ::read(db_.wake_, &count, sizeof count);
  }

  bool hear_others() {
    if (PQconsumeInput(connection_->handle()) != 1) throw Breakage(Reason::unavailable, "the listener lost its connection");

    bool heard = false;
    while (PGnotify* notice = PQnotifies(connection_->handle())) {
      heard = heard || notice->be_pid != PQbackendPID(connection_->handle());
      PQfreemem(notice);
    }
    if (heard) db_.listeners_.tell();
    return heard;
  }

  PostgresDb& db_;
  std::unique_ptr<PostgresConnection> connection_;
  bool owed_ = false;  // other nodes are still to be told
  Clock::time_point notify_from_ = Clock::now();
};

PostgresDb::PostgresDb(PostgresOptions options, std::span<const Migration> migrations)
    : options_(std::move(options)), units_(options_.waiting_max), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  expect(wake_ >= 0, "the system gives an eventfd");
  try {
    PostgresConnection connection(options_.url, options_.answer_time_max);
    require(check_login(connection));  // first: a login that may do nothing cannot look at the schema
    require(check_schema(connection, migrations));
  } catch (...) {
    close(wake_);
    throw;
  }
  for (std::size_t i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { Thread(*this).run(); });
  threads_.emplace_back([this] { Listener(*this).run(); });
}

PostgresDb::~PostgresDb() {
  units_.close();
  stopping_ = true;
  wake_listener();
  threads_.clear();
  close(wake_);
}

void PostgresDb::submit(Unit unit) { units_.push(std::move(unit)); }

void PostgresDb::on_change(std::function<void()> listener) { listeners_.add(std::move(listener)); }

void PostgresDb::announce() {
  if (!announced_.exchange(true)) wake_listener();
}

void PostgresDb::wake_listener() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_, &one, sizeof one);  // a full counter wakes as well
}

}  // namespace ringdown
