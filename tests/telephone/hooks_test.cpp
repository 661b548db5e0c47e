// From the far end's phone to the row of the call, and everything that must not get there.
#include <doctest/doctest.h>

#include <algorithm>

#include "carrier/twilio_signature.h"
#include "net/url.h"
#include "tests/telephone/desk.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

std::string about(const Call& call, std::string_view hook = "/api/webhooks/twilio/status") {
  return std::string(hook) + "?call=" + to_text(call.id) + "&workspace=" + to_text(nth<WorkspaceTag>(1));
}

std::string script_of(const Call& call) {
  return "/api/twiml/call/" + to_text(call.id) + "?workspace=" + to_text(nth<WorkspaceTag>(1));
}

std::string form(const Desk& desk, std::string_view status, int sequence) {
  return "AccountSid=" + desk.twin.account_sid() + "&CallSid=CA1&CallStatus=" + std::string(status) +
         "&SequenceNumber=" + std::to_string(sequence);
}

const std::string inbound = "/media-stream-twiml?workspace=" + to_text(nth<WorkspaceTag>(1));
const std::string about_inbound = "/api/webhooks/twilio/status?workspace=" + to_text(nth<WorkspaceTag>(1));

std::string coming(const Desk& desk, const std::string& sid, std::string_view from) {
  return "AccountSid=" + desk.twin.account_sid() + "&CallSid=" + sid + "&From=" + percent_encoded(from) +
         "&To=" + percent_encoded(our_number) + "&Direction=inbound";
}

}  // namespace

TEST_CASE("what happens at the far end is in the store by the time the carrier hears that we know") {
  struct Row {
    const char* phone;
    int hooks;  // callbacks, the script and the verdict
    CallStatus status;
  };
  for (const Row& row :
       {Row{"+12125550193", 3, CallStatus::busy}, Row{"+12125550194", 3, CallStatus::no_answer},
        Row{"+12125550195", 2, CallStatus::failed}}) {
    CAPTURE(std::string(row.phone));
    Desk desk;
    const Call call = desk.add_call(row.phone);
    desk.place(call);
    desk.wait_for_hooks(row.hooks);
    CHECK(desk.call(call.id).status == row.status);
  }
}

TEST_CASE("a call that is answered hears its message, and is over") {
  Desk desk;
  const Call call = desk.add_call("+12125550190");

  const CallEvent placed = desk.place(call);
  desk.wait_for_hooks(6);

  const Call over = desk.call(call.id);
  CHECK(over.status == CallStatus::completed);
  CHECK(over.call_sid == std::get<Placed>(placed).sid);
  CHECK(over.answered_by == AnsweredBy::human);
}

TEST_CASE("a script says what it is, then the message, and a name stays a name") {
  Desk desk;
  const Call call = desk.add_call("+12125550190");

  CHECK(desk.tell(script_of(call), form(desk, "in-progress", 2)) == 200);

  CHECK(desk.answer ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Gather input=\"dtmf\" numDigits=\"1\" "
        "finishOnKey=\"\" "
        "timeout=\"3\" "
        "action=\"" +
            desk.url() + "/api/twiml/call/" + to_text(call.id) +
            "?pressed=key&amp;workspace=" + to_text(nth<WorkspaceTag>(1)) +
            "#rc=5&amp;rp=5xx,ct,rt\"><Say>Hello, this is an automated call.</Say>"
            "<Say>To be taken off our list, press 9.</Say><Say>Hi Ann &lt;Dial&gt;&amp;\" Lee.</Say></Gather>"
            "<Hangup/></Response>");
  CHECK(desk.call(call.id).status == CallStatus::in_progress);
}

TEST_CASE("who presses nine is off the list before they hear so, and is never called again") {
  Desk desk;
  const Call call = desk.add_call("+12125550197");

  desk.place(call);
  desk.wait_for_hooks(7);  // four moments, the verdict, the script and the key

  const Call over = desk.call(call.id);
  CHECK(over.status == CallStatus::completed);
  CHECK(over.outcome == Outcome::dnc);
  CHECK(desk.is_blocked(call.phone));
}

TEST_CASE("a key counts once, and only where Twilio signed that it was pressed") {
  Desk desk;
  const Call call = desk.add_call("+12125550190");
  const std::string pressed = script_of(call) + "&pressed=key";
  const std::string nine = form(desk, "in-progress", 2) + "&Digits=9";

  CHECK(desk.send(pressed, nine, "") == 403);
  CHECK(desk.tell(pressed, form(desk, "in-progress", 2) + "&Digits=5") == 200);
  CHECK(desk.answer.contains("<Say>To be taken off our list, press 9.</Say>"));
  CHECK(desk.tell(script_of(call), nine) == 200);  // nobody listened for it there
  CHECK_FALSE(desk.call(call.id).agreement);
  CHECK_FALSE(desk.is_blocked(call.phone));

  for (int i = 0; i < 2; ++i) {
    CHECK(desk.tell(pressed, nine) == 200);
    CHECK(desk.answer.contains("<Response><Say>You are off our list. Goodbye.</Say><Hangup/></Response>"));
  }
  CHECK(desk.is_blocked(call.phone));
  CHECK(std::ranges::count(desk.kinds_of_events(call.id), "opted-out") == 1);
}

TEST_CASE("who calls us is a call of the lead who has the number, and no attempt of ours") {
  Desk desk;
  const Call ours = desk.add_call("+12125550190");
  const Lead before = desk.lead(*ours.lead_id);
  desk.clock.advance(1s);

  CHECK(desk.tell(inbound, coming(desk, "CA7", "+12125550190")) == 200);

  CHECK(desk.answer.contains(
      "<Say>Hello, this is an automated line.</Say><Say>To be taken off our list, press 9.</Say>"));
  const auto calls = desk.calls();
  REQUIRE(calls.size() == 2);
  const Call& theirs = calls.front();
  CHECK(theirs.direction == Direction::inbound);
  CHECK(theirs.lead_id == ours.lead_id);
  CHECK(theirs.caller_id == our_number);
  CHECK(theirs.status == CallStatus::in_progress);
  CHECK_FALSE(theirs.counts);
  CHECK(desk.call(ours.id) == ours);
  const Lead after = desk.lead(*ours.lead_id);
  CHECK(after.call_sid == "CA7");
  CHECK(after.notes.value_or("").contains("Inbound call CA7 received"));
  CHECK(after.status == before.status);
  CHECK(after.call_attempts == before.call_attempts);

  const std::string over =
      coming(desk, "CA7", "+12125550190") + "&CallStatus=completed&CallDuration=9&SequenceNumber=1";
  CHECK(desk.tell(about_inbound, over) == 204);
  CHECK(desk.call(theirs.id).status == CallStatus::completed);
  CHECK(desk.call(theirs.id).duration_s == 9);
  CHECK(desk.lead(*ours.lead_id).status == before.status);
  CHECK(desk.calls().size() == 2);
}

TEST_CASE("who calls us may have enough of us") {
  Desk desk;
  const Call ours = desk.add_call("+12125550190");
  desk.clock.advance(1s);
  desk.tell(inbound, coming(desk, "CA7", "+12125550190"));
  const Call theirs = desk.calls().front();

  CHECK(desk.tell(script_of(theirs) + "&pressed=key", coming(desk, "CA7", "+12125550190") + "&Digits=9") ==
        200);

  CHECK(desk.answer.contains("off our list. Goodbye."));
  CHECK(desk.is_blocked("+12125550190"));
  CHECK(desk.lead(*ours.lead_id).status == LeadStatus::dnc);
  CHECK(desk.call(ours.id).end_asked);
}

TEST_CASE("a person of the twin's calls us, hears us out or has enough, and both of us know how it ended") {
  struct Row {
    const char* phone;
    int hooks;  // the script, the key, the end
    Outcome outcome;
  };
  for (const Row& row : {Row{"+12125550190", 2, Outcome::connected}, Row{"+12125550197", 3, Outcome::dnc}}) {
    CAPTURE(std::string(row.phone));
    Desk desk;
    desk.call_us(row.phone);
    desk.wait_for_hooks(row.hooks);

    REQUIRE(desk.calls().size() == 1);
    const Call theirs = desk.calls().front();
    CHECK(theirs.direction == Direction::inbound);
    CHECK(theirs.status == CallStatus::completed);
    CHECK(theirs.outcome == row.outcome);
    CHECK(desk.is_blocked(row.phone) == (row.outcome == Outcome::dnc));
  }
}

TEST_CASE("strangers and callers without a number are heard too") {
  Desk desk;
  CHECK(desk.tell(inbound, coming(desk, "CA7", "+12125550155")) == 200);
  for (const char* from : {"anonymous", "+266696687", "client:ann", ""}) {
    CAPTURE(std::string(from));
    desk.clock.advance(1s);
    CHECK(desk.tell(inbound, coming(desk, "CA" + std::string(from), from)) == 200);
    CHECK_FALSE(desk.answer.contains("press"));  // there is nothing that could be taken off
    CHECK(desk.calls().front().phone.empty());
    CHECK_FALSE(desk.calls().front().lead_id);
  }
  CHECK(desk.calls().back().phone == "+12125550155");
}

TEST_CASE("a call that came in is one, however often it is told and by whatever first") {
  Desk desk;
  const std::string missed = coming(desk, "CA8", "+12125550190") + "&CallStatus=no-answer&SequenceNumber=1";
  for (int i = 0; i < 2; ++i) CHECK(desk.tell(about_inbound, missed) == 204);
  for (int i = 0; i < 2; ++i) CHECK(desk.tell(inbound, coming(desk, "CA8", "+12125550190")) == 200);

  REQUIRE(desk.calls().size() == 1);
  CHECK(desk.calls().front().status == CallStatus::no_answer);
  CHECK(desk.answer.contains("sorry"));
}

TEST_CASE("nothing comes in that is not signed, or that Twilio says we made") {
  Desk desk;
  const std::string form = coming(desk, "CA9", "+12125550190");
  std::string made_by_us = form;
  made_by_us.replace(made_by_us.find("inbound"), 7, "outbound-api");
  const std::string elsewhere = "/media-stream-twiml?workspace=" + to_text(nth<WorkspaceTag>(2));

  CHECK(desk.send(inbound, form, "") == 403);
  CHECK(desk.tell(inbound, form, "another token") == 403);
  CHECK(desk.tell(elsewhere, form) == 403);
  CHECK(desk.tell(inbound, made_by_us) == 400);
  CHECK(desk.tell("/api/webhooks/twilio/amd?workspace=" + to_text(nth<WorkspaceTag>(1)), form) == 400);
  CHECK(desk.calls().empty());
}

TEST_CASE("a script for a call that is over ends politely") {
  Desk desk;
  const Call call = desk.add_call("+12125550190");
  desk.tell(about(call), form(desk, "canceled", 1));

  CHECK(desk.tell(script_of(call), form(desk, "in-progress", 2)) == 200);
  CHECK(desk.answer.contains("sorry"));
  CHECK(desk.call(call.id).status == CallStatus::canceled);
}

TEST_CASE("a report that comes again, or late, changes nothing") {
  Desk desk;
  const Call call = desk.add_call("+12125550190");
  CHECK(desk.tell(about(call), form(desk, "busy", 2)) == 204);
  const Call before = desk.call(call.id);
  const auto events = desk.kinds_of_events(call.id);
  desk.clock.advance(1min);

  CHECK(desk.tell(about(call), form(desk, "busy", 2)) == 204);
  CHECK(desk.call(call.id) == before);
  CHECK(desk.kinds_of_events(call.id) == events);

  CHECK(desk.tell(about(call), form(desk, "ringing", 1)) == 204);
  CHECK(desk.call(call.id).status == CallStatus::busy);
  CHECK(desk.kinds_of_events(call.id).size() == events.size() + 1);
}

TEST_CASE("what a carrier's answer should have said, its report says") {
  Desk desk;
  const Call call = desk.add_call("+12125550190");

  desk.tell(about(call), form(desk, "ringing", 1));

  CHECK(desk.call(call.id).call_sid == "CA1");
  CHECK(desk.call(call.id).status == CallStatus::ringing);
}

TEST_CASE("what is said of another call of the carrier's changes nothing") {
  Desk desk;
  const Call call = desk.add_call("+12125550190");
  desk.tell(about(call), form(desk, "ringing", 1));
  const Call before = desk.call(call.id);
  const std::string foreign =
      "AccountSid=" + desk.twin.account_sid() + "&CallSid=CA2&CallStatus=busy&SequenceNumber=2";

  CHECK(desk.tell(about(call), foreign) == 409);
  CHECK(desk.tell(script_of(call), foreign) == 409);

  CHECK(desk.call(call.id) == before);
}

TEST_CASE("a name that one call has never becomes another's") {
  Desk desk;
  const Call one = desk.add_call("+12125550190");
  const Call other = desk.add_call("+12125550191");
  desk.tell(about(one), form(desk, "ringing", 1));

  CHECK(desk.tell(about(other), form(desk, "ringing", 1)) == 409);
  CHECK(desk.tell(script_of(other), form(desk, "in-progress", 2)) == 409);

  CHECK(desk.call(other.id) == other);
}

TEST_CASE("nothing that is not signed for exactly this changes anything") {
  Desk desk;
  const Call call = desk.add_call("+12125550190");
  const Call other = desk.add_call("+12125550191");
  const std::string sound = form(desk, "completed", 3);
  const std::string elsewhere =
      "/api/webhooks/twilio/status?call=" + to_text(call.id) + "&workspace=" + to_text(nth<WorkspaceTag>(2));

  CHECK(desk.send(about(call), sound, "") == 403);
  CHECK(desk.send(about(call), sound, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=") == 403);
  CHECK(desk.tell(about(call), sound, "another token") == 403);
  CHECK(desk.tell(about(call), "AccountSid=AC1&CallSid=CA1&CallStatus=completed") == 403);
  CHECK(desk.tell(elsewhere, sound) == 403);
  CHECK(desk.send(script_of(call), sound, "") == 403);
  CHECK(desk.call(call.id) == call);
  CHECK(desk.call(other.id) == other);
}

TEST_CASE("what is signed and still makes no sense is refused with a reason") {
  Desk desk;
  const Call call = desk.add_call("+12125550190");
  Call unknown = call;
  unknown.id = nth<CallTag>(9);

  CHECK(desk.tell(about(unknown), form(desk, "ringing", 1)) == 404);
  CHECK(desk.tell(script_of(unknown), form(desk, "in-progress", 1)) == 404);
  CHECK(desk.tell(about(call), form(desk, "dreaming", 1)) == 400);
  CHECK(desk.tell("/api/webhooks/twilio/status?call=1", form(desk, "ringing", 1)) == 400);
  CHECK(desk.tell("/api/webhooks/twilio/other?call=1", form(desk, "ringing", 1)) == 404);
  CHECK(desk.tell(about(call), form(desk, "ringing", 1) + "&x=" + std::string(70'000, 'x')) == 413);
  CHECK(desk.call(call.id) == call);
}
