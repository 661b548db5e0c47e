// Conferences of the twin: who talks with whom, until when, and what the product hears of it.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/carrier/stage.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr std::string_view human = "+12125550190";
constexpr std::string_view another = "+13125550190";
constexpr std::string_view machine = "+12125550192";
const sandbox::TwinOptions unhurried{.speed = 10, .calls_per_second = 1000};

std::string conference(const Stage& stage, const std::string& attributes = "", const std::string& dial = "") {
  return "<Dial action=\"/api/twiml/after\" " + dial + "><Conference statusCallback=\"" +
         stage.product.url() + "/conference\" statusCallbackEvent=\"start end join leave\" " + attributes +
         "> sales room </Conference></Dial>";
}

std::vector<std::string> events(const std::vector<Heard>& heard) {
  std::vector<std::string> all;
  for (const Heard& one : heard) all.push_back(one.field("StatusCallbackEvent"));
  return all;
}

std::string tells(const Stage& stage) {
  return "&StatusCallback=" + percent_encoded(stage.product.url() + "/status");
}

}  // namespace

TEST_CASE("two who meet talk, each until he has had enough, and all of it is told in order") {
  Stage stage(unhurried);
  stage.product.put("join", conference(stage));

  const std::string first = stage.call(human, "join");
  const std::string second = stage.call(another, "join");

  const auto heard = stage.in_order(6, "/conference");
  CHECK(events(heard) == std::vector<std::string>{"participant-join", "participant-join", "conference-start",
                                                  "participant-leave", "participant-leave",
                                                  "conference-end"});
  CHECK(heard[0].field("SequenceNumber") == "1");
  CHECK(heard[0].field("FriendlyName") == "sales room");
  CHECK(heard[0].field("ConferenceSid").starts_with("CF"));
  CHECK(heard[0].field("ConferenceSid").size() == 34);
  CHECK(heard[5].field("ConferenceSid") == heard[0].field("ConferenceSid"));
  CHECK(heard[5].field("ReasonConferenceEnded") == "last-participant-left");
  CHECK(std::set{heard[0].field("CallSid"), heard[1].field("CallSid")} == std::set{first, second});
  CHECK_FALSE(heard[2].fields.find("CallSid"));
  CHECK_FALSE(heard[2].signature.empty());

  const auto joins = stage.entries("join");
  CHECK(joins.size() == 2);
  CHECK(joins[0].sid == heard[0].field("CallSid"));
  CHECK(joins[0].detail == "sales room");
  CHECK(stage.entries("leave").size() == 2);
  CHECK(stage.entries("talk").size() == 1);
  for (const Heard& one : stage.product.wait_for(2, "/after")) {
    CHECK(one.field("CallStatus") == "completed");
    CHECK(one.field("DialCallStatus") == "answered");
  }
}

TEST_CASE("who ends a conference by leaving sends the others on with their action") {
  Stage stage(unhurried);
  stage.product.put("lead", conference(stage));
  stage.product.put("rep", conference(stage, "endConferenceOnExit=\"true\""));
  const std::string lead = stage.call(human, "lead");
  const std::string rep = stage.call(another, "rep");
  stage.product.wait_for(3, "/conference");

  stage.update(rep, "Status=completed");

  const auto after = stage.product.wait_for(2, "/after");
  const auto of_lead = std::ranges::find(after, lead, [](const Heard& one) { return one.field("CallSid"); });
  REQUIRE(of_lead != after.end());
  CHECK(of_lead->field("CallStatus") == "in-progress");
  CHECK(of_lead->field("DialCallStatus") == "answered");
  const auto heard = stage.in_order(6, "/conference");
  CHECK(heard[5].field("ReasonConferenceEnded") == "participant-with-end-conference-on-exit-left");
  CHECK(heard[5].field("CallSidEndingConference") == rep);
}

TEST_CASE("a conference that another ended is a new one for who comes next") {
  Stage stage(unhurried);
  stage.product.put("join", conference(stage, "endConferenceOnExit=\"true\""));
  const std::string first = stage.call(human, "join");
  stage.product.wait_for(1, "/conference");
  stage.update(first, "Status=completed");
  stage.product.wait_for(3, "/conference");

  stage.call(another, "join");

  const auto heard = stage.product.wait_for(4, "/conference");
  CHECK(heard[3].field("ConferenceSid") != heard[0].field("ConferenceSid"));
  CHECK(heard[3].field("SequenceNumber") == "1");
}

TEST_CASE("nobody talks alone, or where none may begin; whoever waits leaves after a minute") {
  struct Row {
    std::vector<std::string_view> who;
    const char* starts;
  };
  for (const Row& row : {Row{{human}, "true"}, Row{{human, another}, "false"}}) {
    CAPTURE(row.who.size());
    Stage stage;
    const std::string attributes = "startConferenceOnEnter=\"" + std::string(row.starts) + "\"";
    stage.product.put("join", conference(stage, attributes));
    for (const std::string_view to : row.who) stage.call(to, "join", tells(stage));

    for (const Heard& one : stage.product.wait_for(row.who.size(), "/status")) {
      CHECK(std::stoi(one.field("CallDuration")) >= 60);
    }
    CHECK(stage.entries("leave").size() == row.who.size());
    CHECK(stage.entries("talk").empty());
  }
}

TEST_CASE("one who may begin is enough for two to talk") {
  Stage stage(unhurried);
  stage.product.put("lead", conference(stage, "startConferenceOnEnter=\"false\""));
  stage.product.put("rep", conference(stage));

  stage.call(human, "lead");
  stage.product.wait_for(1, "/conference");
  CHECK(stage.entries("talk").empty());
  stage.call(another, "rep");

  CHECK(events(stage.in_order(3, "/conference")).back() == "conference-start");
}

TEST_CASE("who is called out of a conference goes where he is told, and no action is asked for") {
  Stage stage(unhurried);
  stage.product.put("join", conference(stage));
  stage.product.put("elsewhere", "<Say>Hello again.</Say>");
  const std::string call = stage.call(human, "join", tells(stage));
  stage.product.wait_for(1, "/conference");

  stage.update(call, "Url=" + percent_encoded(stage.product.url() + "/api/twiml/elsewhere"));

  CHECK(stage.product.wait_for(1, "/elsewhere").front().field("CallStatus") == "in-progress");
  stage.product.wait_for(1, "/status");
  CHECK(stage.entries("leave").size() == 1);
  CHECK(stage.entries("heard").back().detail == "Hello again.");
  CHECK(stage.product.wait_for(0, "/after").empty());
}

TEST_CASE("a time limit ends one's own part, and a full conference lets nobody in") {
  Stage stage(unhurried);
  stage.product.put("short", conference(stage, "maxParticipants=\"1\"", "timeLimit=\"50\""));
  stage.call(human, "short");
  stage.product.wait_for(1, "/conference");
  stage.call(another, "short");

  const auto after = stage.product.wait_for(2, "/after");

  CHECK(after[0].field("DialCallStatus") == "failed");
  CHECK(after[1].field("DialCallStatus") == "answered");
  CHECK(after[1].field("CallStatus") == "in-progress");
  CHECK(stage.entries("join").size() == 1);
}

TEST_CASE("a machine stays until its mailbox is full, and who hangs up at once is gone") {
  Stage stage(unhurried);
  stage.product.put("join", conference(stage));
  stage.call(machine, "join", tells(stage));
  CHECK(std::stoi(stage.product.wait_for(1, "/status")[0].field("CallDuration")) >= 60);

  stage.call("+12125550191", "join", tells(stage));
  CHECK(std::stoi(stage.product.wait_for(2, "/status")[1].field("CallDuration")) < 60);
}

TEST_CASE("without an action the script goes on after a conference") {
  Stage stage(unhurried);
  stage.product.put("join",
                    "<Dial timeLimit=\"5\"><Conference>desk</Conference></Dial><Redirect>next</Redirect>");
  stage.call(human, "join");

  CHECK(stage.product.wait_for(1, "/api/twiml/next").front().field("DialCallStatus") == "");
  CHECK(stage.entries("join").front().detail == "desk");
}
