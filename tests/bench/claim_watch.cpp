#include "tests/bench/claim_watch.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <mutex>
#include <numeric>
#include <stdexcept>

#include "flow/record.h"
#include "store/calls.h"
#include "store/campaigns.h"
#include "store/due.h"
#include "store/line.h"
#include "store/sql.h"
#include "tests/support/hand_carrier.h"
#include "tests/support/hand_engine.h"
#include "tests/support/plain_engine.h"
#include "tests/support/watched_db.h"

namespace ringdown::bench {
namespace {

constexpr auto patience = std::chrono::seconds(10);

// Whoever sleeps has slept already.
class LeapingClock : public Clock {
 public:
  explicit LeapingClock(Time begins) : begins_(begins), now_(begins) {}

  Time now() const override { return now_.load(); }
  Span monotonic() const override { return now() - begins_; }
  Task<void> sleep_until(Time time) override {
    now_ = std::max(now(), time);
    co_return;
  }

 private:
  const Time begins_;
  std::atomic<Time> now_;
};

class SilentCarrier : public test::HandCarrier {
 public:
  explicit SilentCarrier(std::function<void()> on_first) : on_first_(std::move(on_first)) {}

  Task<CallEvent> place(CarrierAccount, PlaceRequest request) override {
    if (requests.empty()) on_first_();
    requests.push_back(std::move(request));
    co_await boost::asio::async_initiate<decltype(boost::asio::use_awaitable), void(std::exception_ptr)>(
        [this](auto handler) { silent_.emplace_back(std::move(handler)); }, boost::asio::use_awaitable);
    co_return Lost{};
  }

 private:
  std::function<void()> on_first_;
  std::vector<std::move_only_function<void(std::exception_ptr)>> silent_;
};

// Notes what the unit that claims asks, and keeps every writing unit after it.
class ClaimDb : public Db {
 public:
  ClaimDb(Db& real, std::function<void()> on_claim) : real_(real), on_claim_(std::move(on_claim)) {}

  void submit(Unit unit) override {
    const std::lock_guard lock(mutex_);
    if (unit.writes && !statements_.empty()) return kept_.push_back(std::move(unit));
    if (unit.writes)
      unit.work = [this, work = std::move(unit.work)](Tx& tx) mutable { return watch(tx, work); };
    real_.submit(std::move(unit));
  }
  void on_change(std::function<void()> listener) override { real_.on_change(std::move(listener)); }
  std::map<std::string, int> statements() {
    const std::lock_guard lock(mutex_);
    return statements_;
  }

 private:
  Keep watch(Tx& tx, std::move_only_function<Keep(Tx&)>& work) {
    std::map<std::string, int> statements;
    const TxWrapper::Before note = [&](const Statement& statement) {
      if (statement.name == sql::take_turn.name) on_claim_();
      ++statements[std::string(statement.name)];
    };
    TxWrapper watched(tx, note);
    const Keep keep = work(watched);
    const std::lock_guard lock(mutex_);
    if (statements.contains(std::string(sql::take_turn.name))) statements_ = std::move(statements);
    return keep;
  }

  Db& real_;
  std::function<void()> on_claim_;
  std::mutex mutex_;
  std::map<std::string, int> statements_;
  std::vector<Unit> kept_;
};

}  // namespace

int ClaimSeen::statements_in_all() const {
  return std::accumulate(statements.begin(), statements.end(), 0,
                         [](int sum, const auto& one) { return sum + one.second; });
}

void make_ready(Db& db, const ReadyLeads& ready, Time now) {
  const flow::EnginePolicy policy;
  SystemChance chance;
  await(db.write(ready.workspace, [&](Tx& tx) {
    for (const Call& call :
         store::calls_page(tx, {.status = CallStatus::placing}, {}, policy.claimed_per_unit)) {
      flow::record_in(tx, chance, policy, call.id, {}, Ended{.cause = Cause::completed, .at = now}, now)
          .value();
    }
    Campaign campaign = store::find_campaign(tx, {ready.lane.value}).value();
    campaign.rules.max_calls_batch = policy.claimed_per_unit;
    store::save_campaign(tx, campaign);
    store::make_due_at(tx, store::dial_work, now);
  }));
}

ClaimSeen watch_claim(Db& db, Time now, const std::function<double()>& fsyncs_so_far) {
  ClaimSeen seen;
  boost::asio::io_context loop(1);
  LeapingClock clock(now);
  SystemChance chance;
  SilentCarrier carrier([&] { seen.fsyncs += fsyncs_so_far(); });
  test::CountingDb counted(db);
  ClaimDb watched(counted, [&] { seen.fsyncs = -fsyncs_so_far(); });
  const flow::Engine engine = test::plain_engine(watched, clock, chance, carrier);
  boost::asio::co_spawn(loop, flow::keep_dialing(engine), boost::asio::detached);
  while (std::ssize(carrier.requests) < engine.policy.claimed_per_unit) {
    if (loop.run_one_for(patience) == 0)
      throw std::runtime_error("a batch was due, and not every request came");
  }
  while (loop.poll() > 0 || counted.is_busy()) {  // nothing may be answered once the loop is gone
  }
  seen.statements = watched.statements();
  return seen;
}

}  // namespace ringdown::bench
