// What is said anew in the middle of a call: goodbye before anybody is hung up on, and a mailbox's own
// message.
#include <doctest/doctest.h>

#include "flow/record.h"
#include "store/calls.h"
#include "tests/support/hand_carrier.h"
#include "tests/support/hand_engine.h"
#include "tests/support/outreach.h"
#include "tests/support/plain_engine.h"
#include "tests/support/stores.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

using Sids = std::vector<std::string>;

const Time noon = *parse_time("2026-06-16T18:00:00Z");  // 14:00 in New York

// A call that was answered, of a campaign that may leave messages.
struct Talk {
  explicit Talk(StoreKind kind, bool leaves_messages)
      : store(kind), db(store.open()), clinic(a_workspace(*db)) {
    Outreach outreach;
    if (leaves_messages) outreach.campaign.rules.voicemail_message = "Please call back.";
    begin(*db, clinic, outreach, noon);
    engine.emplace(with(), clock);
    engine->run(2s);
    REQUIRE(carrier.requests.size() == 1);
    call = carrier.requests[0].call;
    tell(Answered{clock.now()});
  }

  flow::Engine with() { return plain_engine(*db, clock, chance, carrier); }
  void tell(const CallEvent& event) { await(flow::record(with(), clinic, call, {}, event)).value(); }

  FreshStore store;
  std::unique_ptr<Db> db;
  Workspace clinic;
  HandClock clock{noon};
  SystemChance chance;
  HandCarrier carrier;
  std::optional<HandEngine> engine;
  CallId call;
};

}  // namespace

TEST_CASE("whoever talks hears goodbye, and is hung up on where that did not end the call") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    Talk talk(kind, false);

    talk.tell(EndAsked{});
    talk.engine->run(5s);
    CHECK(talk.carrier.told_anew == Sids{"CA1"});
    CHECK(talk.carrier.ended.empty());

    talk.engine->run(30s);
    CHECK(talk.carrier.told_anew == Sids{"CA1"});
    CHECK(talk.carrier.ended.front() == "CA1");
  }
}

TEST_CASE("a mailbox that listens is told once") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    Talk talk(kind, true);
    CHECK(talk.carrier.requests[0].detection == Detection::end_of_greeting);

    talk.tell(AnswerClassified{AnsweredBy::machine});
    talk.engine->run(60s);

    CHECK(talk.carrier.told_anew == Sids{"CA1"});
  }
}

TEST_CASE("nobody is told anew who is a person, or for whom there is no other message") {
  Talk person(StoreKind::sqlite_memory, true);
  person.tell(AnswerClassified{AnsweredBy::human});
  person.engine->run(60s);
  CHECK(person.carrier.told_anew.empty());

  Talk machine(StoreKind::sqlite_memory, false);
  CHECK(machine.carrier.requests[0].detection == Detection::who_answers);
  machine.tell(AnswerClassified{AnsweredBy::machine});
  machine.engine->run(60s);
  CHECK(machine.carrier.told_anew.empty());
}
