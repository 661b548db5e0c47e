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
  CHECK(meaning_of_key("9") == CallEvent{OptedOut{}});
  for (const char* other : {"", "0", "1", "8", "99", "9 ", "#", "*"}) CHECK_FALSE(meaning_of_key(other));
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
