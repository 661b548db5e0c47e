// Who is called: eight threads as so many nodes, each claiming, asking a carrier that keeps a book of its
// own, and recording what came of it. The book is judged against the limits, and the store against the book.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/log.h"
#include "flow/claim.h"
#include "flow/record.h"
#include "store/calls.h"
#include "store/campaigns.h"
#include "tests/contention/cluster.h"
#include "tests/support/atlas.h"
#include "tests/support/gate.h"
#include "tests/support/outreach.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr int numbers = 60;
constexpr int lines_max = 12;
constexpr int batch_max = 8;
constexpr std::int64_t budget = 40;  // calls
const Time noon = *parse_time("2026-06-16T18:00:00Z");

// Time stands still for everybody, so that the gap forbids a second call to any number.
class StillClock : public Clock {
 public:
  Time now() const override { return noon; }
  Span monotonic() const override { return 0us; }
  Task<void> sleep_until(Time) override { co_return; }
};

// Nobody asks it: the test does, and writes into the book.
class NoCarrier : public Carrier {
 public:
  Task<CallEvent> place(CarrierAccount, PlaceRequest) override { co_return Lost{}; }
  Task<Result<std::vector<CarrierCall>>> find(CarrierAccount, std::string, std::string, Time) override {
    co_return std::vector<CarrierCall>{};
  }
  Task<Result<std::optional<CarrierCall>>> fetch(CarrierAccount, std::string) override {
    co_return std::nullopt;
  }
  Task<Result<void>> speak_anew(CarrierAccount, CallId, std::string) override { co_return Result<void>{}; }
  Task<Result<void>> end(CarrierAccount, std::string) override { co_return Result<void>{}; }
};

class Book {
 public:
  void begins(const Call& call) {
    const std::lock_guard lock(mutex_);
    CHECK_MESSAGE(out_.insert(call.phone).second, "one live call per number");
    CHECK(std::ssize(out_) <= lines_max);
    CHECK_MESSAGE(++calls_[call.phone] == 1, "the gap forbids a second call");
    CHECK_MESSAGE(moments_.insert(*call.send_by).second, "every request has a moment of its own");
    CHECK(std::ssize(requests_) < budget);
    CHECK_MESSAGE(requests_.insert(call.id).second, "one request per attempt");
  }
  void ends(const Call& call) {
    const std::lock_guard lock(mutex_);
    out_.erase(call.phone);
  }
  std::size_t requests() {
    const std::lock_guard lock(mutex_);
    return requests_.size();
  }

 private:
  std::mutex mutex_;
  std::set<std::string> out_;
  std::map<std::string, int> calls_;
  std::set<Time> moments_;
  std::set<CallId> requests_;
};

// Two leads with every number, both in line; calls of one minute each.
Outreach outreach() {
  Outreach made;
  made.leads = 2 * numbers;
  made.numbers = numbers;
  made.campaign.rules.max_calls_batch = batch_max;
  made.campaign.rules.talk_limit_seconds = 60;
  made.campaign.rules.budget = 0.344 * budget;
  made.account.live_calls_max = lines_max;
  return made;
}

}  // namespace

TEST_CASE("eight nodes that claim at once keep every limit, and nobody is called twice") {
  log::set_level(log::Level::warn);
  for (const StoreKind kind : contended_stores) {
    CAPTURE(to_text(kind));
    Cluster cluster(kind);
    const Workspace clinic = a_workspace(cluster.node(0));
    const CampaignId campaign = outreach().campaign.id;
    begin(cluster.node(0), clinic, outreach(), noon);
    StillClock clock;
    SystemChance chance;
    NoCarrier carrier;
    Book book;
    const flow::Desk desk{clinic, WorkspaceKind::rehearsal};

    side_by_side([&](int n) {
      Db& db = cluster.node(n);
      const flow::Engine engine{db,
                                clock,
                                chance,
                                carrier,
                                atlas(),
                                rulebook(),
                                nth<struct NodeTag>(static_cast<std::uint64_t>(n)).value};
      for (int round = 0; round < 30; ++round) {
        await(db.write(clinic, [&](Tx& tx) { return flow::promote(tx, engine, desk, noon); }));
        const auto claims =
            await(db.write(clinic, [&](Tx& tx) { return flow::claim(tx, engine, desk, noon, 0us); }));
        for (const auto& claimed : claims.calls) book.begins(claimed.call);
        for (const auto& claimed : claims.calls) {
          const CallId id = claimed.call.id;
          await(flow::record(engine, clinic, id, "placed", Placed{"CA" + to_text(id)}));
          book.ends(claimed.call);  // before the store knows: it may think it live for longer, never shorter
          const Ended end{.cause = Cause::completed, .at = noon, .cost_micros = 344'000};
          await(flow::record(engine, clinic, id, "ended", end));
        }
      }
    });

    const auto calls =
        await(cluster.node(0).read(clinic, [](Tx& tx) { return store::calls_page(tx, {}, {}, 1000); }));
    CHECK(calls.size() == book.requests());
    CHECK(!calls.empty());
    for (const Call& call : calls) CHECK(call.status == CallStatus::completed);
    const auto settled =
        await(cluster.node(0).read(clinic, [&](Tx& tx) { return store::find_campaign(tx, campaign); }));
    CHECK(settled->reserved_micros == 0);
    CHECK(settled->spent_micros == 344'000 * std::ssize(calls));
  }
}
