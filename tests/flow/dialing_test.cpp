// What a claim, a request and a law owe each other, one at a time, on every database; where several guards
// stand one behind the other, each is seen alone.
#include <doctest/doctest.h>

#include "flow/claim.h"
#include "flow/laws.h"
#include "flow/record.h"
#include "store/calls.h"
#include "store/coordination.h"
#include "store/leads.h"
#include "store/line.h"
#include "tests/support/hand_carrier.h"
#include "tests/support/hand_engine.h"
#include "tests/support/outreach.h"
#include "tests/support/plain_engine.h"
#include "tests/support/stores.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const Time noon = *parse_time("2026-06-16T18:00:00Z");  // 14:00 in New York

// Stands still, and writes down until when somebody wanted to sleep.
class NotingClock : public Clock {
 public:
  Time now() const override { return noon; }
  Span monotonic() const override { return 0us; }
  Task<void> sleep_until(Time time) override {
    slept_until = time;
    co_return;
  }

  std::optional<Time> slept_until;
};

// A wall clock that somebody sets back while the steady one goes on.
class SetBackClock : public Clock {
 public:
  explicit SetBackClock(HandClock& steady) : steady_(steady) {}

  void set_back(Span by) { by_ += by; }
  Time now() const override { return steady_.now() - by_; }
  Span monotonic() const override { return steady_.monotonic(); }
  Task<void> sleep_until(Time time) override { return steady_.sleep_until(time + by_); }

 private:
  HandClock& steady_;
  Span by_{};
};

struct Floor {
  explicit Floor(StoreKind kind) : store(kind), db(store.open()), clinic(a_workspace(*db)) {
    begin(*db, clinic, {}, noon);
  }

  flow::Engine engine(Clock& clock) { return plain_engine(*db, clock, chance, carrier); }
  flow::Claims claim(Clock& clock, Time now) {
    const flow::Desk desk{clinic, WorkspaceKind::rehearsal};
    return await(db->write(clinic, [&](Tx& tx) {
      flow::promote(tx, engine(clock), desk, now);
      return flow::claim(tx, engine(clock), desk, now, clock.monotonic());
    }));
  }
  void ring_out(Clock& clock, CallId id) {
    await(flow::record(engine(clock), clinic, id, "placed", Placed{"CA1"}));
    await(flow::record(engine(clock), clinic, id, "end", Ended{.cause = Cause::no_answer, .at = noon}));
  }
  std::vector<Call> calls() {
    return await(db->read(clinic, [](Tx& tx) { return store::calls_page(tx, {}, {}, 10); }));
  }
  std::vector<LinePlace> waiting_at(Time time) {
    return await(db->write(clinic, [time](Tx& tx) { return store::due_in_line(tx, time, 10); }));
  }
  std::vector<store::LineCount> line() {
    return await(
        db->read(clinic, [](Tx& tx) { return store::line_counts(tx, lane_of(Outreach().campaign.id)); }));
  }

  FreshStore store;
  std::unique_ptr<Db> db;
  Workspace clinic;
  SystemChance chance;
  HandCarrier carrier;
};

}  // namespace

TEST_CASE("who is canceled between the claim and its moment is never asked for") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    Floor floor(kind);
    HandClock clock{noon};
    HandEngine engine(floor.engine(clock), clock);
    engine.settle();
    REQUIRE(floor.calls().size() == 1);
    const CallId id = floor.calls()[0].id;

    REQUIRE(await(flow::record(floor.engine(clock), floor.clinic, id, {}, EndAsked{})));
    engine.run(400ms);  // its moment passes; that of the lead's next call does not

    CHECK(floor.carrier.requests.empty());
    CHECK(floor.calls().back().status == CallStatus::canceled);
  }
}

TEST_CASE("a request whose moment has passed is not begun, although the wall clock was set back") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    Floor floor(kind);
    HandClock steady{noon};
    SetBackClock clock(steady);
    HandEngine engine(floor.engine(clock), steady);
    engine.settle();
    REQUIRE(floor.calls().size() == 1);

    clock.set_back(10s - 250ms);
    steady.advance(10s);
    engine.settle();

    CHECK(floor.carrier.requests.empty());
  }
}

TEST_CASE("a pause and a cancel answer when the last request that they forbid can no longer begin") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    Floor floor(kind);
    NotingClock clock;
    const Call call = floor.claim(clock, noon).calls.at(0).call;
    const flow::Act act = flow::act_of_command_line(noon, floor.chance);

    REQUIRE(await(flow::cancel_call(floor.engine(clock), floor.clinic, act, call.id)));
    CHECK(clock.slept_until == call.send_by);

    clock.slept_until.reset();
    REQUIRE(await(flow::pause_campaign(floor.engine(clock), floor.clinic, act, *call.campaign_id)));
    CHECK(clock.slept_until == call.send_by);
  }
}

TEST_CASE("nobody is claimed whose day closes before the last moment of the request") {
  const Time nine_in_the_evening = *parse_time("2026-06-17T01:00:00Z");  // 21:00 in New York
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    Floor floor(kind);
    NotingClock clock;

    CHECK(floor.claim(clock, nine_in_the_evening - 300ms).calls.empty());
    CHECK(floor.waiting_at(nine_in_the_evening).empty());
    CHECK(floor.waiting_at(nine_in_the_evening + 24h).size() == 1);
  }
}

TEST_CASE("a call that is over puts its lead back in line, for the time of the next attempt") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    Floor floor(kind);
    NotingClock clock;
    const CallId id = floor.claim(clock, noon).calls.at(0).call.id;
    REQUIRE(floor.waiting_at(noon + 24h).empty());

    floor.ring_out(clock, id);

    CHECK(floor.waiting_at(noon).empty());
    CHECK(floor.waiting_at(noon + 24h).size() == 1);
  }
}

TEST_CASE("what a node claims is looked after by others from its lease on, should it die at once") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    Floor floor(kind);
    NotingClock clock;

    const Call call = floor.claim(clock, noon).calls.at(0).call;

    CHECK(await(floor.db->instance_read([](Tx& tx) { return store::next_due(tx, store::reconcile_work); })) ==
          call.lease_until);
  }
}

TEST_CASE("a lead that somebody settles during its call leaves the line when the call is over") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    Floor floor(kind);
    NotingClock clock;
    const Call call = floor.claim(clock, noon).calls.at(0).call;
    REQUIRE(floor.line().at(0).state == LineState::out);
    await(floor.db->write(floor.clinic, [&](Tx& tx) {
      Lead lead = store::lead_to_change(tx, *call.lead_id).value();
      lead.status = LeadStatus::not_interested;
      store::move_lead(tx, lead);
    }));

    floor.ring_out(clock, call.id);

    CHECK(floor.line().at(0).state == LineState::done);
  }
}
