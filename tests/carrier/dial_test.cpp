// Numbers that a script dials, and keys that are pressed at a phone.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/carrier/stage.h"
#include "tests/support/skip.h"
#include "tests/support/twilio_spec.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr std::string_view human = "+12125550190";
const sandbox::TwinOptions unhurried{.speed = 20, .calls_per_second = 1000};

std::string number(const Stage& stage, const std::string& to) {
  return "<Number statusCallback=\"" + stage.product.url() +
         "/child\" statusCallbackEvent=\"initiated ringing answered completed\">" + to + "</Number>";
}

std::string dial(const std::string& nouns, const std::string& attributes = "") {
  return "<Dial action=\"after\" callerId=\"+12125550177\" " + attributes + ">" + nouns + "</Dial>";
}

}  // namespace

TEST_CASE("a number is really called, as a child of the call that dials it") {
  Stage stage(unhurried);
  stage.product.put("dial", dial(number(stage, "+1 (312) 555-0191")));
  const std::string parent = stage.call(human, "dial");

  const auto child = stage.in_order(4, "/child");
  const Heard after = stage.product.wait_for(1, "/after").front();

  const std::string sid = child[0].field("CallSid");
  std::vector<std::string> statuses;
  for (const Heard& one : child) statuses.push_back(one.field("CallStatus"));
  CHECK(statuses == std::vector<std::string>{"initiated", "ringing", "in-progress", "completed"});
  CHECK(child[0].field("ParentCallSid") == parent);
  CHECK(child[0].field("Direction") == "outbound-dial");
  CHECK(child[0].field("To") == "+13125550191");
  CHECK(child[0].field("From") == "+12125550177");
  CHECK(after.field("CallSid") == parent);
  CHECK(after.field("CallStatus") == "in-progress");
  CHECK(after.field("DialCallStatus") == "completed");
  CHECK(after.field("DialCallSid") == sid);
  CHECK(std::stoi(after.field("DialCallDuration")) >= 2);
  CHECK(std::stoi(after.field("DialCallDuration")) < 20);  // who talks stays longer
  CHECK(after.field("DialBridged") == "true");
}

TEST_CASE("children are found by their parent, and look as Twilio describes them") {
  const auto spec = TwilioSpec::load();
  if (!spec) return skip("Twilio's OpenAPI file is not at ../shared/specs or in RINGDOWN_SPECS");
  Stage stage(unhurried);
  stage.product.put("dial", dial(number(stage, "+13125550191")));
  const std::string parent = stage.call(human, "dial");
  const std::string child = stage.in_order(4, "/child")[0].field("CallSid");

  const HttpAnswer one = stage.get("/Calls/" + child + ".json");
  const std::string path = "/2010-04-01/Accounts/" + stage.twin.account_sid() + "/Calls/" + child + ".json";
  CHECK(spec->wrong_with_answer(Verb::get, path, one.status, one.body) == "");
  CHECK(one.body.contains("\"parent_call_sid\":\"" + parent + "\""));
  CHECK(one.body.contains("\"direction\":\"outbound-dial\""));
  const std::string children = stage.get("/Calls.json?ParentCallSid=" + parent).body;
  CHECK(children.contains("\"sid\":\"" + child));
  CHECK_FALSE(children.contains("\"sid\":\"" + parent));
  CHECK_FALSE(stage.get("/Calls.json?ParentCallSid=" + child).body.contains("\"sid\":"));
}

TEST_CASE("how a dialed number ended is told, and the caller goes on") {
  struct Row {
    const char* to;
    const char* status;
  };
  for (const Row& row :
       {Row{"+13125550193", "busy"}, Row{"+13125550194", "no-answer"}, Row{"+13125550195", "failed"},
        Row{"+13125550196", "failed"}, Row{"911", "failed"}}) {
    CAPTURE(std::string(row.to));
    Stage stage(unhurried);
    stage.product.put("dial", dial(row.to, "timeout=\"5\""));
    stage.call(human, "dial");

    const Heard after = stage.product.wait_for(1, "/after").front();

    CHECK(after.field("DialCallStatus") == row.status);
    CHECK(after.field("CallStatus") == "in-progress");
    CHECK(after.fields.find("DialCallSid").has_value() == (std::string(row.to) != "911"));
  }
}

TEST_CASE("of several numbers the first to answer gets through, and the others stop ringing") {
  Stage stage(unhurried);
  const std::string numbers = number(stage, "+13125550194") + number(stage, "+13125550191");
  stage.product.put("dial", dial(numbers, "timeout=\"300\""));
  stage.call(human, "dial");

  const Heard after = stage.product.wait_for(1, "/after").front();

  CHECK(after.field("DialCallStatus") == "completed");
  const auto told = stage.product.wait_for(7, "/child");
  const auto ended_as = [&](std::string_view to) {
    const auto is_end = [&](const Heard& one) {
      return one.field("To") == to && one.fields.find("CallDuration").has_value();
    };
    return std::ranges::find_if(told, is_end)->field("CallStatus");
  };
  CHECK(ended_as("+13125550194") == "canceled");
  CHECK(ended_as("+13125550191") == "completed");
}

TEST_CASE("a caller who is gone takes the number along that rings for him") {
  Stage stage(unhurried);
  stage.product.put("dial", dial(number(stage, "+13125550194"), "timeout=\"600\""));
  const std::string parent = stage.call(human, "dial");
  stage.product.wait_for(2, "/child");

  stage.update(parent, "Status=completed");

  const Heard end = stage.in_order(3, "/child").back();
  CHECK(end.field("CallStatus") == "canceled");
  const Heard after = stage.product.wait_for(1, "/after").front();
  CHECK(after.field("CallStatus") == "completed");
  CHECK(after.field("DialCallStatus") == "canceled");
}

TEST_CASE("a time limit ends the dialed call, and one that is called away leaves the caller behind") {
  Stage stage(unhurried);
  stage.product.put("dial", dial(number(stage, "+13125550192"), "timeLimit=\"4\""));
  stage.product.put("away", "<Say>Over here.</Say><Redirect>later</Redirect>");
  stage.call("+12125550192", "dial");
  CHECK(stage.product.wait_for(1, "/after").front().field("DialCallStatus") == "completed");
  CHECK(stage.in_order(4, "/child").back().field("CallStatus") == "completed");

  stage.product.put("dial", dial(number(stage, "+13125550192")));
  stage.call("+12125550192", "dial");
  const std::string child = stage.product.wait_for(7, "/child").back().field("CallSid");
  stage.update(child, "Url=" + percent_encoded(stage.product.url() + "/api/twiml/away"));
  CHECK(stage.product.wait_for(1, "/later").front().field("CallSid") == child);
  CHECK(stage.product.wait_for(2, "/after").back().field("CallStatus") == "in-progress");
}

TEST_CASE("keys are pressed once, after the prompt, as far as the script wants them") {
  struct Row {
    const char* says;
    const char* presses;
    const char* attributes;
    const char* digits;  // empty: the script goes on without
  };
  for (const Row& row : {Row{"one is enough", "129", "numDigits=\"1\"", "1"},
                         Row{"as many as wanted", "129", "numDigits=\"2\"", "12"},
                         Row{"all before the key that finishes", "12#9", "", "12"},
                         Row{"another key finishes", "1#*9", "finishOnKey=\"*\"", "1#"},
                         Row{"no key finishes", "1#", "finishOnKey=\"\"", "1#"},
                         Row{"what there is after a while", "12", "numDigits=\"5\"", "12"},
                         Row{"nothing was typed", "#1", "", ""},
                         Row{"nobody listens for keys", "1", "input=\"speech\"", ""}}) {
    CAPTURE(std::string(row.says));
    Stage stage;
    stage.product.put("ask", "<Gather action=\"typed\" " + std::string(row.attributes) +
                                 "><Say>Press something.</Say></Gather><Redirect>none</Redirect>");
    stage.product.put("typed", "<Gather action=\"again\"/><Redirect>none</Redirect>");
    stage.tell_twin("/twin/callees",
                    "number=%2B13125550155&fate=human&presses=" + percent_encoded(row.presses));
    stage.call("+13125550155", "ask");

    stage.product.wait_for(1, "/none");

    const auto typed = stage.product.wait_for(0, "/typed");
    CHECK(typed.size() == (std::string(row.digits).empty() ? 0 : 1));
    for (const Heard& one : typed) CHECK(one.field("Digits") == row.digits);
    CHECK(stage.product.wait_for(0, "/again").empty());
  }
}

TEST_CASE("what is no key is not pressed") {
  const Stage stage;

  CHECK_THROWS(stage.tell_twin("/twin/callees", "number=%2B13125550155&fate=human&presses=1a"));
  CHECK_THROWS(stage.tell_twin("/twin/callees", "number=%2B13125550155&fate=human&presses=12345678901"));
}
