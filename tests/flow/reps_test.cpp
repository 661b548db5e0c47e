// Calls on which one of ours talks: their phone first, then the gate again, then the lead; on every database.
#include <doctest/doctest.h>

#include "flow/campaigns.h"
#include "flow/claim.h"
#include "flow/laws.h"
#include "flow/record.h"
#include "flow/rep_phones.h"
#include "store/calls.h"
#include "store/campaigns.h"
#include "store/consents.h"
#include "store/leads.h"
#include "store/people.h"
#include "store/rep_phones.h"
#include "tests/support/hand_carrier.h"
#include "tests/support/hand_clock.h"
#include "tests/support/outreach.h"
#include "tests/support/plain_engine.h"
#include "tests/support/stores.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const Time noon = *parse_time("2026-06-16T18:00:00Z");  // 14:00 in New York
const UserId ann = nth<UserTag>(1);
const std::string anns_phone = "+12125550180";
const std::string leads_phone = "+12125550100";

struct Office {
  explicit Office(StoreKind kind, int lines = 10) : store(kind), db(store.open()), clinic(a_workspace(*db)) {
    Outreach outreach;
    outreach.campaign.state = CampaignState::paused;
    outreach.account.live_calls_max = lines;
    outreach.leads = outreach.numbers = 70;
    begin(*db, clinic, outreach, noon);
    await(db->instance([](Tx& tx) { store::add_user(tx, {ann, "ann@example.com", "Ann", {}, noon, {}}); }));
  }

  flow::Engine engine() { return plain_engine(*db, clock, chance, carrier); }
  flow::Act act() {
    return {.user = ann,
            .role = Role::rep,
            .via = "session",
            .address = {},
            .now = clock.now(),
            .chance = chance};
  }

  Result<Call> ask_for_phone() {
    return await(db->write(clinic, [&](Tx& tx) {
      return flow::ask_for_phone(tx, act(), flow::desk_here(tx, atlas().numbering, workspace_kind),
                                 anns_phone);
    }));
  }
  Result<Call> ask_for_call(const std::string& to = leads_phone, bool with_me = true) {
    return await(db->write(clinic, [&](Tx& tx) {
      return flow::schedule_call(
          tx, act(), flow::desk_here(tx, atlas().numbering, workspace_kind),
          {.to = to,
           .message = {},
           .lead_id = to == leads_phone ? std::optional(nth<LeadTag>(1)) : std::nullopt,
           .scheduled_time = {},
           .purpose = Purpose::information,
           .with_me = with_me});
    }));
  }

  // Whom the carrier is asked for now; each takes some time.
  std::vector<Call> claim() {
    clock.advance(1s);
    const flow::Desk desk{clinic, workspace_kind};
    const auto claims = await(db->write(clinic, [&](Tx& tx) {
      flow::promote(tx, engine(), desk, clock.now());
      return flow::claim(tx, engine(), desk, clock.now(), clock.monotonic());
    }));
    std::vector<Call> calls;
    for (const flow::Claimed& claimed : claims.calls) calls.push_back(claimed.call);
    return calls;
  }
  std::vector<std::string> phones_claimed() {
    std::vector<std::string> phones;
    for (const Call& call : claim()) phones.push_back(call.phone);
    return phones;
  }

  Call tell(CallId id, const CallEvent& event) {
    return await(flow::record(engine(), clinic, id, {}, event)).value();
  }
  void answer(const Call& call) {
    tell(call.id, Placed{"CA" + to_text(call.id)});
    tell(call.id, Answered{clock.now()});
  }
  void confirm_phone() {
    const Call check = ask_for_phone().value();
    answer(claim().at(0));
    tell(check.id, Pressed{*check.code});
    tell(check.id, Ended{.cause = Cause::completed, .at = clock.now()});
  }
  // A call whose rep's phone rings.
  Call call_with_ann() {
    confirm_phone();
    const Call call = ask_for_call().value();
    leg = claim().at(0);
    return call;
  }

  Call call(CallId id) {
    return await(db->read(clinic, [id](Tx& tx) { return store::find_call(tx, id); })).value();
  }
  Lead lead() {
    return await(db->read(clinic, [](Tx& tx) { return store::find_lead(tx, nth<LeadTag>(1)); })).value();
  }
  bool is_confirmed() {
    const auto phone = await(db->read(clinic, [](Tx& tx) { return store::find_rep_phone(tx, ann); }));
    return phone && phone->confirmed_at;
  }
  void block(const std::string& phone) {
    await(db->write(clinic, [&](Tx& tx) { flow::block_in(tx, act(), {phone}, "manual", {}); }));
  }

  static constexpr WorkspaceKind workspace_kind = WorkspaceKind::rehearsal;
  FreshStore store;
  std::unique_ptr<Db> db;
  Workspace clinic;
  HandClock clock{noon};
  SystemChance chance;
  HandCarrier carrier;
  Call leg{};
};

}  // namespace

TEST_CASE("a phone is whose code was entered at it, and nobody's before") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    Office office(kind);
    CHECK(office.ask_for_call().error().field == "with_me");
    const Call check = office.ask_for_phone().value();
    CHECK(office.ask_for_phone().error().reason == Reason::conflict);  // it is about to ring

    CHECK(office.phones_claimed() == std::vector{anns_phone});
    office.answer(check);
    office.tell(check.id, Pressed{"no"});
    CHECK_FALSE(office.is_confirmed());
    CHECK(office.ask_for_call().error().field == "with_me");

    office.tell(check.id, Pressed{*check.code});
    CHECK(office.is_confirmed());
    CHECK(office.ask_for_call());
  }
}

TEST_CASE("after three wrong codes the right one comes too late") {
  Office office(StoreKind::sqlite_memory);
  const Call check = office.ask_for_phone().value();
  office.answer(office.claim().at(0));

  for (int i = 0; i < 3; ++i) office.tell(check.id, Pressed{"#"});
  office.tell(check.id, Pressed{*check.code});

  CHECK_FALSE(office.is_confirmed());
}

TEST_CASE("whoever is called about a phone that is not theirs can have it stop") {
  Office office(StoreKind::sqlite_memory);
  const Call check = office.ask_for_phone().value();
  office.answer(office.claim().at(0));

  office.tell(check.id, OptedOut{});
  office.tell(check.id, Ended{.cause = Cause::completed, .at = office.clock.now()});

  const Call again = office.ask_for_phone().value();
  CHECK(office.claim().empty());
  CHECK(office.call(again.id).status == CallStatus::refused);
}

TEST_CASE("a lead rings only after somebody pressed a key at the rep's phone, and the gate was asked again") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    Office office(kind);
    office.confirm_phone();
    const Call call = office.ask_for_call().value();

    const std::vector<Call> first = office.claim();
    REQUIRE(first.size() == 1);
    CHECK(first[0].phone == anns_phone);
    CHECK(first[0].leg_of == call.id);
    CHECK(office.call(call.id).status == CallStatus::queued);
    CHECK(office.claim().empty());

    office.answer(first[0]);
    CHECK(office.claim().empty());  // it may be a mailbox that answered

    office.tell(first[0].id, Pressed{"1"});
    CHECK(office.phones_claimed() == std::vector{leads_phone});
    CHECK(office.call(call.id).status == CallStatus::placing);
    CHECK(office.lead().call_attempts == 1);
  }
}

TEST_CASE("both legs go through one account, because two do not meet in a conference") {
  Office office(StoreKind::sqlite_memory);
  await(office.db->write(office.clinic, [](Tx& tx) {
    Outreach outreach;
    outreach.account.id = nth<AccountTag>(2);
    store::add_account(tx, outreach.account);
  }));
  const Call call = office.call_with_ann();
  office.answer(office.leg);
  office.tell(office.leg.id, Pressed{"1"});

  CHECK(office.claim().at(0).account_id == office.leg.account_id);
}

TEST_CASE("where the rep's phone is not answered nobody is called, and the call says why") {
  Office office(StoreKind::sqlite_memory);
  const Call call = office.call_with_ann();

  office.tell(office.leg.id, Placed{"CA1"});
  office.tell(office.leg.id, Ended{.cause = Cause::no_answer, .at = office.clock.now()});

  CHECK(office.claim().empty());
  const Call over = office.call(call.id);
  CHECK(over.status == CallStatus::canceled);
  CHECK(over.problem == "the phone of whoever was to talk on it was not answered");
  CHECK_FALSE(over.counts);
  CHECK(office.lead().call_attempts == 0);
  CHECK(office.lead().status == LeadStatus::pending);
}

TEST_CASE("a rep who hangs up takes the lead's call back, and the end of that call frees the rep") {
  for (const bool rep_first : {true, false}) {
    CAPTURE(rep_first);
    Office office(StoreKind::sqlite_memory);
    const Call call = office.call_with_ann();
    office.answer(office.leg);
    office.tell(office.leg.id, Pressed{"5"});
    office.answer(office.claim().at(0));

    const CallId ends = rep_first ? office.leg.id : call.id;
    office.tell(ends, Ended{.cause = Cause::completed, .at = office.clock.now()});

    const CallId other = rep_first ? call.id : office.leg.id;
    CHECK(office.call(other).end_asked);
    CHECK(office.call(call.id).status == (rep_first ? CallStatus::in_progress : CallStatus::completed));
  }
}

TEST_CASE("a lead who may not be called any more ends the rep's ringing, and is not called") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    Office office(kind);
    const Call call = office.call_with_ann();

    office.block(leads_phone);

    CHECK(office.call(call.id).status == CallStatus::canceled);
    CHECK(office.call(office.leg.id).end_asked);
    office.answer(office.leg);
    office.tell(office.leg.id, Pressed{"1"});
    CHECK(office.claim().empty());
  }
}

TEST_CASE("a rep who is there does not wait for a lead who may be called only much later, or never") {
  for (const bool never : {true, false}) {
    CAPTURE(never);
    Office office(StoreKind::sqlite_memory);
    const Call call = office.call_with_ann();
    office.answer(office.leg);
    office.tell(office.leg.id, Pressed{"1"});
    if (never)
      await(office.db->write(office.clinic, [](Tx& tx) {
        Lead lead = store::lead_to_change(tx, nth<LeadTag>(1)).value();
        lead.status = LeadStatus::dnc;
        store::move_lead(tx, lead);
      }));
    else
      await(
          office.db->write(office.clinic, [&](Tx& tx) { store::hold_number(tx, leads_phone, noon + 24h); }));

    CHECK(office.claim().empty());

    CHECK(office.call(call.id).status == (never ? CallStatus::refused : CallStatus::canceled));
    CHECK(office.call(office.leg.id).end_asked);
  }
}

TEST_CASE("a rep's phone does not ring for somebody who may not be called") {
  Office office(StoreKind::sqlite_memory);
  office.confirm_phone();
  office.block(leads_phone);

  const Call call = office.ask_for_call().value();

  CHECK(office.claim().empty());
  CHECK(office.call(call.id).status == CallStatus::refused);
}

TEST_CASE("a carrier that has no time for the rep's leg is asked three times in all") {
  Office office(StoreKind::sqlite_memory);
  const Call call = office.call_with_ann();
  for (int times = 1; times < 3; ++times) {
    office.tell(office.leg.id, Rejected{Rejection::busy, "later"});
    office.leg = office.claim().at(0);
    CHECK(office.leg.phone == anns_phone);
  }

  office.tell(office.leg.id, Rejected{Rejection::busy, "later"});

  CHECK(office.claim().empty());
  CHECK(office.call(call.id).status == CallStatus::canceled);
}

TEST_CASE("a call with a rep takes two lines at once, or waits for them, or is refused") {
  Office one(StoreKind::sqlite_memory, 1);
  one.confirm_phone();
  const Call never = one.ask_for_call().value();
  CHECK(one.claim().empty());
  CHECK(one.call(never.id).status == CallStatus::refused);

  Office two(StoreKind::sqlite_memory, 2);
  two.confirm_phone();
  const Call other = two.ask_for_call().value();
  CHECK(two.claim().size() == 1);
  CHECK(two.call(other.id).status == CallStatus::queued);
  const Call second = two.ask_for_call().value();
  two.clock.advance(1min);
  CHECK(two.claim().empty());
  CHECK(two.call(second.id).status == CallStatus::queued);
}

TEST_CASE("whoever waits for two lines gets the next ones that are free, before any campaign") {
  Office office(StoreKind::sqlite_memory, 2);
  office.confirm_phone();
  const Call other = office.ask_for_call(leads_phone, false).value();
  REQUIRE(office.phones_claimed() == std::vector{leads_phone});
  office.ask_for_call("+12125550160", false).value();
  REQUIRE(office.claim().size() == 1);  // both lines are taken now
  office.ask_for_call("+12125550161").value();
  office.clock.advance(1s);  // so that it stands before the next one
  office.ask_for_call("+12125550162", false).value();

  office.answer(other);
  office.tell(other.id, Ended{.cause = Cause::completed, .at = office.clock.now()});
  CHECK(office.claim().empty());
}

TEST_CASE("a phone that is forgotten is rung for nothing any more") {
  Office office(StoreKind::sqlite_memory);
  const Call check = office.ask_for_phone().value();
  office.answer(office.claim().at(0));
  await(office.db->write(office.clinic, [&](Tx& tx) {
    return flow::forget_phone(tx, office.act());
  })).value();

  office.tell(check.id, Pressed{*check.code});

  CHECK(office.call(check.id).end_asked);
  CHECK_FALSE(office.is_confirmed());
}

TEST_CASE("a phone whose owner took back a consent, or wants no calls, is not rung") {
  Office revoked(StoreKind::sqlite_memory);
  await(revoked.db->write(revoked.clinic, [](Tx& tx) {
    store::Consent consent;
    consent.id = nth<ConsentTag>(500);
    consent.phone = anns_phone;
    consent.given_at = consent.created_at = noon - 24h;
    store::add_consents(tx, std::span(&consent, 1));
    store::revoke_consent(tx, consent.id, noon - 1h, {}, "no more");
  }));
  const Call check = revoked.ask_for_phone().value();
  CHECK(revoked.claim().empty());
  CHECK(revoked.call(check.id).status == CallStatus::refused);

  Office blocked(StoreKind::sqlite_memory);
  blocked.confirm_phone();
  blocked.block(anns_phone);
  const Call call = blocked.ask_for_call().value();
  CHECK(blocked.claim().empty());
  CHECK(blocked.call(call.id).status == CallStatus::refused);
}

TEST_CASE("legs are neither attempts nor calls of a list, and their lines are counted") {
  Office office(StoreKind::sqlite_memory);
  const Call call = office.call_with_ann();

  const auto listed =
      await(office.db->read(office.clinic, [](Tx& tx) { return store::calls_page(tx, {}, {}, 9); }));
  const auto live = await(office.db->read(office.clinic, [](Tx& tx) { return store::live_calls(tx); }));
  const auto attempts = await(office.db->read(office.clinic, [](Tx& tx) {
    return store::attempts_of(tx, std::vector{anns_phone}, noon - 24h).size();
  }));

  CHECK(listed.size() == 1);
  CHECK(listed[0].id == call.id);
  CHECK(live.at(0).calls == 1);
  CHECK(attempts == 1);  // the call by which it was confirmed
}
