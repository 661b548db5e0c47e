// The outbox: one message per dedupe, one holder per message, every message done once.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

#include "store/outbox.h"
#include "tests/contention/cluster.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

using store::MessageId;

constexpr auto lease_time = Span(40);  // ticks: every claim and every answer is one

// From when until when somebody held a message.
struct Claim {
  Time from;
  Time until;
  int tries;
};

struct Ledger {
  std::mutex mutex;
  std::map<MessageId, std::vector<Claim>> claims;
  std::map<MessageId, int> finished;
  std::atomic<std::size_t> done = 0;

  void note(MessageId id, const Claim& claim) {
    const std::lock_guard lock(mutex);
    claims[id].push_back(claim);
  }
  void note_finished(MessageId id) {
    const std::lock_guard lock(mutex);
    ++finished[id];
    ++done;
  }
};

MessageId message_id(int writer, int n) {
  return nth<store::MessageTag>(static_cast<std::uint64_t>(writer) * 1'000 + static_cast<std::uint64_t>(n));
}

bool put(Db& db, Workspace clinic, MessageId id, std::optional<std::string> dedupe) {
  return await(db.write(clinic, [=](Tx& tx) {
    return store::put_message(tx, {id, "mail", dedupe, Json{"{}"}, tuesday}, tuesday);
  }));
}

// A worker that finishes what it claims, mostly: some messages it tries again later, some it never comes back
// to.
class Worker {
 public:
  Worker(Db& db, Workspace clinic, int n, Ticks& ticks, Ledger& ledger)
      : db_(db), clinic_(clinic), ticks_(ticks), ledger_(ledger), chance_(static_cast<unsigned>(n) + 1) {
    minted_ = static_cast<std::uint64_t>(n) * 100'000;
  }

  void round() {
    const Uuid lease = nth<struct HolderTag>(++minted_).value;
    Time now;
    const auto claimed = await(db_.write(clinic_, [&](Tx& tx) {
      now = ticks_.next();
      return store::claim_messages(tx, lease, now, now + lease_time, 3);
    }));
    for (const auto& message : claimed) answer(message, lease, now);
  }

 private:
  void answer(const store::ClaimedMessage& message, const Uuid& lease, Time from) {
    Claim claim{from, from + lease_time, message.tries};
    Time now;
    if (const auto dice = chance_() % 6; dice == 0) {
      const bool mine = await(db_.write(clinic_, [&](Tx& tx) {
        now = ticks_.next();
        return store::retry_message(tx, message.id, lease, now, "busy");
      }));
      if (mine) claim.until = now;
    } else if (dice > 1) {
      const bool mine = await(db_.write(
          clinic_, [&](Tx& tx) { return store::finish_message(tx, message.id, lease, ticks_.next()); }));
      if (mine) {
        claim.until = Time::max();
        ledger_.note_finished(message.id);
      }
    }
    ledger_.note(message.id, claim);
  }

  Db& db_;
  Workspace clinic_;
  Ticks& ticks_;
  Ledger& ledger_;
  std::minstd_rand chance_;
  std::uint64_t minted_;
};

void check_claims(std::vector<Claim> claims) {
  std::ranges::sort(claims, {}, &Claim::from);
  for (std::size_t i = 0; i < claims.size(); ++i) {
    CHECK(claims[i].tries == static_cast<int>(i) + 1);
    if (i > 0) CHECK(claims[i - 1].until <= claims[i].from);
  }
}

}  // namespace

TEST_CASE("of eight who put the same message one is told that it was new") {
  for (const StoreKind kind : contended_stores) {
    CAPTURE(to_text(kind));
    Cluster cluster(kind);
    const Workspace clinic = a_workspace(cluster.node(0));
    std::array<std::atomic<int>, 25> taken{};

    side_by_side([&](int n) {
      for (std::size_t i = 0; i < taken.size(); ++i) {
        taken[i] +=
            put(cluster.node(n), clinic, message_id(n, static_cast<int>(i)), std::to_string(i)) ? 1 : 0;
      }
    });

    for (const auto& one : taken) CHECK(one == 1);
    const auto stored =
        await(cluster.node(0).read(clinic, [](Tx& tx) { return store::messages_page(tx, {}, 1'000); }));
    CHECK(stored.size() == taken.size());
  }
}

TEST_CASE("a message is held by one worker at a time and finished once, and none is lost") {
  constexpr int each = 15;
  constexpr int rounds_max = 2'000;
  for (const StoreKind kind : contended_stores) {
    CAPTURE(to_text(kind));
    Cluster cluster(kind);
    const Workspace clinic = a_workspace(cluster.node(0));
    Ticks ticks;
    Ledger ledger;

    side_by_side([&](int n) {
      Worker worker(cluster.node(n), clinic, n, ticks, ledger);
      for (int i = 0; i < each; ++i) {
        put(cluster.node(n), clinic, message_id(n, i), std::nullopt);
        if (i % 3 == 2) worker.round();
      }
      for (int i = 0; i < rounds_max && ledger.done < each * threads; ++i) worker.round();
    });

    CHECK(ledger.finished.size() == each * threads);
    for (const auto& [id, times] : ledger.finished) CHECK(times == 1);
    for (const auto& [id, claims] : ledger.claims) check_claims(claims);
    const auto stored =
        await(cluster.node(0).read(clinic, [](Tx& tx) { return store::messages_page(tx, {}, 1'000); }));
    CHECK(stored.size() == each * threads);
    for (const auto& message : stored) {
      CHECK(message.state == store::MessageState::done);
      CHECK(message.tries == static_cast<int>(ledger.claims[message.id].size()));
    }
  }
}

TEST_CASE("a claim passes by what somebody else is just claiming") {
  Cluster cluster(StoreKind::postgres);
  const Workspace clinic = a_workspace(cluster.node(0));
  for (int i = 0; i < 3; ++i) put(cluster.node(0), clinic, message_id(0, i), std::nullopt);
  const auto claim = [](Tx& tx, std::uint64_t worker) {
    return store::claim_messages(tx, nth<struct HolderTag>(worker).value, tuesday, tuesday + 1min, 2);
  };

  std::size_t first = 0;
  LongWrite claiming(cluster.node(0), clinic, [&](Tx& tx) { first = claim(tx, 1).size(); });
  const auto second = await(cluster.node(1).write(clinic, [&](Tx& tx) { return claim(tx, 2); }));
  claiming.end();

  CHECK(first == 2);
  REQUIRE(second.size() == 1);
  CHECK(second.front().id == message_id(0, 2));
}
