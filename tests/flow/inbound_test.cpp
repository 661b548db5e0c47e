// Calls that people make to us, told several times and side by side.
#include "flow/inbound.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <future>

#include "flow/record.h"
#include "store/calls.h"
#include "store/campaigns.h"
#include "store/consents.h"
#include "store/leads.h"
#include "tests/support/hand_carrier.h"
#include "tests/support/plain_engine.h"
#include "tests/support/stores.h"
#include "tests/support/test_clock.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const std::string ann = "+12125550123";
const Arrival from_ann{"CA1", ann, "+12125550199"};
constexpr StoreKind kinds[] = {StoreKind::sqlite, StoreKind::postgres};

// A workspace with two accounts, and a number that two leads share.
struct Clinic {
  explicit Clinic(StoreKind kind) : store(kind), db(store.open()), clinic(a_workspace(*db)) {
    await(db->write(clinic, [&](Tx& tx) {
      store::add_account(tx, account(1, "+12125550198"));
      store::add_account(tx, account(2, "+12125550199"));
      const std::vector leads{lead(1), lead(2)};
      store::add_leads(tx, leads);
    }));
  }

  static Account account(std::uint64_t n, const char* number) {
    return {.id = nth<AccountTag>(n),
            .kind = "test",
            .name = std::to_string(n),
            .caller_ids = {number},
            .paused_until = {}};
  }
  static Lead lead(std::uint64_t n) {
    Lead lead{};
    lead.id = nth<LeadTag>(n);
    lead.phone = ann;
    lead.contact_name = "Ann " + std::to_string(n);
    return lead;
  }

  // As a callback does: the call, and what happened to it, in one unit.
  Call tell(const Arrival& arrival, const CallEvent& event) {
    return await(db->write(clinic,
                           [&](Tx& tx) {
                             const Result<CallId> id = flow::call_of(tx, engine, arrival);
                             if (!id) return Result<Call>(std::unexpected(id.error()));
                             const auto placed = flow::record_in(tx, engine, *id, arrival.sid + ":placed",
                                                                 Placed{arrival.sid}, clock.now());
                             if (!placed) return placed;
                             return flow::record_in(tx, engine, *id, "", event, clock.now());
                           }))
        .value();
  }
  std::vector<Call> calls() {
    return await(db->read(clinic, [](Tx& tx) { return store::calls_page(tx, {}, {}, 100); }));
  }
  Lead find(std::uint64_t n) {
    return await(db->read(clinic, [&](Tx& tx) { return store::find_lead(tx, nth<LeadTag>(n)); })).value();
  }

  const FreshStore store;
  const std::unique_ptr<Db> db;
  const Workspace clinic;
  TestClock clock;
  SystemChance chance;
  HandCarrier carrier;
  const flow::Engine engine = plain_engine(*db, clock, chance, carrier);
};

}  // namespace

TEST_CASE("a call that comes in belongs to whoever was called last, and to the account of the number") {
  for (const StoreKind kind : kinds) {
    Clinic clinic(kind);
    Lead called = Clinic::lead(1);
    called.last_called_at = clinic.clock.now() - 1h;
    await(clinic.db->write(clinic.clinic, [&](Tx& tx) { store::move_lead(tx, called); }));

    const Call call = clinic.tell(from_ann, Answered{clinic.clock.now()});

    CHECK(call.lead_id == called.id);
    CHECK(call.account_id == nth<AccountTag>(2));
    CHECK(call.status == CallStatus::in_progress);
    CHECK(clinic.find(1).call_sid == "CA1");
    CHECK_FALSE(clinic.find(2).call_sid);
    CHECK_FALSE(call.counts);
  }
}

TEST_CASE("a caller without a number is nobody's, and can be taken off no list") {
  for (const StoreKind kind : kinds) {
    Clinic clinic(kind);
    const Call call = clinic.tell({"CA1", "", "+12125550100"}, OptedOut{});

    CHECK(call.phone.empty());
    CHECK_FALSE(call.lead_id);
    CHECK(call.account_id == nth<AccountTag>(1));  // any will do
    CHECK(await(clinic.db->read(clinic.clinic, [](Tx& tx) {
            return store::blocked_numbers_page(tx, "", 10);
          })).empty());
  }
}

TEST_CASE("who calls in and has enough is off the list by their number, and their lead says so") {
  for (const StoreKind kind : kinds) {
    Clinic clinic(kind);
    clinic.tell(from_ann, OptedOut{});

    CHECK(clinic.find(2).status == LeadStatus::dnc);
    CHECK(await(clinic.db->read(clinic.clinic, [](Tx& tx) { return store::blocked_number(tx, ann); })));
  }
}

TEST_CASE("eight who tell of the same call at once tell of one") {
  for (const StoreKind kind : kinds) {
    Clinic clinic(kind);
    std::vector<std::future<Call>> told;
    for (int i = 0; i < 8; ++i) {
      told.push_back(std::async(std::launch::async,
                                [&] { return clinic.tell(from_ann, Answered{clinic.clock.now()}); }));
    }
    for (auto& one : told) CHECK(one.get().call_sid == "CA1");

    CHECK(clinic.calls().size() == 1);
    const Lead lead = clinic.find(2);
    CHECK(lead.notes == "Inbound call CA1 received");
  }
}

TEST_CASE("a workspace that no longer has an account is called by nobody") {
  Clinic clinic(StoreKind::sqlite);
  const Workspace other = a_workspace(*clinic.db, 2);
  const auto found =
      await(clinic.db->write(other, [&](Tx& tx) { return flow::call_of(tx, clinic.engine, from_ann); }));

  REQUIRE_FALSE(found);
  CHECK(found.error().reason == Reason::not_found);
}
