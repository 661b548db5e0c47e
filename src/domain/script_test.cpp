#include "domain/script.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

using Texts = std::vector<std::string>;

const std::string greeting = "Hello, this is an automated call on behalf of Acme.";
const std::string way_out = "To be taken off our list, press 9.";
const Texts apology = {greeting, "We are sorry to have disturbed you. Goodbye."};

Lead lead() {
  Lead lead{};
  lead.contact_name = "Ann <& Lee";
  lead.city = "Dallas";
  return lead;
}

Call call(std::string message) {
  Call call{};
  call.message = std::move(message);
  call.status = CallStatus::in_progress;
  return call;
}

}  // namespace

TEST_CASE("a message follows the sentence that says what this is and for whom") {
  CHECK(script_of(call("Hi {{first_name}}, it is {{company}}."), lead(), "Acme", Notice::none) ==
        Script{{greeting, way_out, "Hi Ann, it is Acme."}, false, true});
  CHECK(script_of(call("Hi."), lead(), "", Notice::none).texts.front() ==
        "Hello, this is an automated call.");
}

TEST_CASE("a call that somebody stopped says sorry, never nothing") {
  Call stopped = call("Hi.");
  stopped.end_asked = true;
  Call over = call("Hi.");
  over.status = CallStatus::canceled;

  for (const Call& one : {stopped, over}) {
    for (const Notice notice : {Notice::none, Notice::due, Notice::heard}) {
      CHECK(script_of(one, lead(), "Acme", notice) == Script{apology});
    }
  }
}

TEST_CASE("the key that everybody is told of means no more calls, and others nothing") {
  CHECK(meaning_of_keys("9") == CallEvent{OptedOut{}});
  for (const char* other : {"0", "1", "99", "1234", "#", "*"}) {
    CHECK(meaning_of_keys(other) == CallEvent{Pressed{other}});
  }
  for (const char* none : {"", "9 ", "one", "123456789012345678901"}) CHECK_FALSE(meaning_of_keys(none));
}

TEST_CASE("who pressed it hears that they are off the list, whatever else is true of the call") {
  Call one = call("Hi.");
  one.agreement = Agreement::opted_out;
  one.end_asked = true;
  for (const Notice notice : {Notice::none, Notice::due, Notice::heard}) {
    CHECK(script_of(one, lead(), "Acme", notice) == Script{{"You are off our list. Goodbye."}});
  }
}

TEST_CASE("who calls us hears whose line it is, and never a message meant for others") {
  Call theirs = call("Hi.");
  theirs.direction = Direction::inbound;
  theirs.phone = "+12125550190";
  const std::string line = "Hello, this is an automated line of Acme.";
  const std::string sorry = "Nobody can talk to you right now. We have noted that you called. Goodbye.";
  for (const Notice notice : {Notice::none, Notice::due, Notice::heard}) {
    CHECK(script_of(theirs, lead(), "Acme", notice) == Script{{line, way_out, sorry}, false, true});
  }
  theirs.phone.clear();
  CHECK(script_of(theirs, {}, "Acme", Notice::none) == Script{{line, sorry}});
}

TEST_CASE("who is recorded hears so first, and the message only after that was heard") {
  CHECK(script_of(call("Hi."), lead(), "Acme", Notice::due) ==
        Script{{greeting, way_out, "This call is recorded."}, true, true});
  CHECK(script_of(call("Hi."), lead(), "Acme", Notice::heard) == Script{{"Hi."}, false, true});
}

TEST_CASE("a rep presses a key and joins; a lead hears only what must be said before") {
  Call talk = call("");
  talk.id = {*parse_uuid("019ac000-0000-7000-8000-00000000000c")};
  talk.message.reset();
  talk.rep_id = UserId{};
  Call leg;
  leg.kind = CallKind::rep_leg;
  leg.leg_of = talk.id;

  const Script asked = script_of(leg, lead(), "Acme", Notice::none);
  CHECK(asked.takes_keys);
  CHECK(asked.texts.back() == "To be connected with Ann <& Lee, press any key.");
  leg.joined_at = Time{};
  CHECK(script_of(leg, lead(), "Acme", Notice::due) == Script{.texts = {}, .joins = talk.id});
  CHECK(script_of(talk, lead(), "Acme", Notice::none) == Script{.texts = {}, .joins = talk.id});
  CHECK(script_of(talk, lead(), "Acme", Notice::heard) == Script{.texts = {}, .joins = talk.id});
  CHECK(script_of(talk, lead(), "Acme", Notice::due) ==
        Script{.texts = {"Hello, this is a call from Acme.", "This call is recorded."}, .goes_on = true});

  leg.end_asked = true;
  CHECK(script_of(leg, lead(), "Acme", Notice::none) == Script{{"The call is off. Goodbye."}});
  talk.end_asked = true;
  CHECK(script_of(talk, lead(), "Acme", Notice::none).texts.front() == "Hello, this is a call from Acme.");
}

TEST_CASE("a phone that is to be confirmed hears of a code, and of none once there was one too many") {
  Call check;
  check.kind = CallKind::phone_check;
  check.code = "0123";
  const auto said = [&] { return script_of(check, {}, "Acme", Notice::none); };

  CHECK(said().takes_keys);
  CHECK(said().keys == 4);
  CHECK(said().texts.front() == greeting);
  CHECK_FALSE(said().texts.back().contains("0123"));
  check.wrong_codes = 1;
  CHECK(said().texts.front() == "That is not the code.");
  check.wrong_codes = 3;
  CHECK_FALSE(said().takes_keys);
  check.joined_at = Time{};
  CHECK(said().texts.front().starts_with("Thank you."));
}

TEST_CASE("a mailbox hears its own message, and a person never does") {
  Call one = call("Hi.");
  one.voicemail_message = "Call us back, {{first_name}}.";

  const Script first = script_of(one, lead(), "Acme", Notice::none);
  CHECK(first.asks_again);
  CHECK(first.texts.back() == "Hi.");
  CHECK(script_of(one, lead(), "Acme", Notice::said_all).then_waits > Span{0});

  one.answered_by = AnsweredBy::human;
  CHECK_FALSE(script_of(one, lead(), "Acme", Notice::none).asks_again);
  CHECK(script_of(one, lead(), "Acme", Notice::said_all) == Script{});

  one.answered_by = AnsweredBy::machine;
  for (const Notice notice : {Notice::none, Notice::due, Notice::heard, Notice::said_all}) {
    CHECK(script_of(one, lead(), "Acme", notice) == Script{{greeting, "Call us back, Ann."}});
  }
}

TEST_CASE("a call without a message is no silence either") {
  const Texts said = script_of(call(" {{unknown}} "), lead(), "Acme", Notice::none).texts;

  CHECK(said.front() == greeting);
  CHECK(said.back().contains("Goodbye"));
}

TEST_CASE("placeholders are filled once, and what is none of them goes") {
  CHECK(filled("{{ contact_name }} in {{city}}, {{state}}{{nonsense}}!", lead(), "Acme") ==
        "Ann <& Lee in Dallas, !");
  CHECK(filled("{{contact_name", lead(), "") == "{{contact_name");
  CHECK(filled("}} {{", lead(), "") == "}} {{");
  CHECK(filled("{{contact_name}}", std::nullopt, "") == "");
  Lead sly = lead();
  sly.contact_name = "{{city}}";
  CHECK(filled("{{contact_name}}", sly, "") == "{{city}}");
}
