// What callees say onto a tape because a script asks for it.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/carrier/stage.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr std::string_view human = "+12125550190";

// Where it matters how long something takes, a busy machine must not make another second of it.
const sandbox::TwinOptions slow{.speed = 20, .calls_per_second = 1000};

std::string record(const Stage& stage, const std::string& attributes = "") {
  return "<Record action=\"after\" recordingStatusCallback=\"" + stage.product.url() + "/tape\" " +
         attributes + "/><Redirect>none</Redirect>";
}

}  // namespace

TEST_CASE("a script records what is said, and goes on with what became of it") {
  Stage stage;
  stage.product.put("record", record(stage));
  const std::string call = stage.call(human, "record");

  const Heard after = stage.product.wait_for(1, "/after").front();

  const std::string sid = after.field("RecordingSid");
  const int seconds = std::stoi(after.field("RecordingDuration"));
  CHECK(sid.starts_with("RE"));
  CHECK(after.field("RecordingUrl").ends_with("/Recordings/" + sid));
  CHECK(after.field("RecordingUrl").starts_with(stage.twin.base_url()));
  CHECK(seconds >= 4);
  CHECK(after.field("CallStatus") == "in-progress");
  CHECK_FALSE(after.fields.find("Digits"));
  const Heard tape = stage.product.wait_for(1, "/tape").front();
  CHECK(tape.field("RecordingSid") == sid);
  CHECK(tape.field("CallSid") == call);
  CHECK(tape.field("RecordingSource") == "RecordVerb");
  CHECK(tape.field("RecordingDuration") == std::to_string(seconds));
  CHECK(stage.get("/Recordings/" + sid + ".json").body.contains("\"source\":\"RecordVerb\""));
  CHECK(stage.get("/Recordings/" + sid + ".wav").body.starts_with("RIFF"));
}

TEST_CASE("a tape is as long as it may be, and one without anything on it is none") {
  Stage stage(slow);
  const std::string_view talkative = "+12145550190";  // for 19 seconds
  stage.product.put("short", record(stage, "maxLength=\"2\""));
  stage.product.put("empty", record(stage, "maxLength=\"0\""));

  stage.call(talkative, "short");
  const int seconds = std::stoi(stage.product.wait_for(1, "/after").front().field("RecordingDuration"));
  stage.call(human, "empty");

  CHECK(seconds >= 2);
  CHECK(seconds < 12);
  stage.product.wait_for(1, "/none");
  CHECK(stage.product.wait_for(0, "/after").size() == 1);
}

TEST_CASE("a key ends a tape where the script lets it") {
  struct Row {
    const char* presses;
    const char* attributes;
    const char* digits;
  };
  for (const Row& row : {Row{"7", "", "7"}, Row{"12*", "finishOnKey=\"*\"", "*"},
                         Row{"7", "finishOnKey=\"*\"", ""}, Row{"7", "finishOnKey=\"\"", ""}}) {
    CAPTURE(std::string(row.attributes));
    Stage stage;
    stage.product.put("record", record(stage, row.attributes));
    stage.tell_twin("/twin/callees",
                    "number=%2B13125550155&fate=human&presses=" + percent_encoded(row.presses));
    stage.call("+13125550155", "record");

    CHECK(stage.product.wait_for(1, "/after").front().field("Digits") == row.digits);
  }
}

TEST_CASE("who hangs up in the middle leaves what he said so far") {
  Stage stage(slow);
  stage.product.put("record", record(stage));
  stage.call("+12125550191", "record");

  const Heard after = stage.product.wait_for(1, "/after").front();

  CHECK(after.field("Digits") == "hangup");
  CHECK(after.field("CallStatus") == "completed");
  CHECK(std::stoi(after.field("RecordingDuration")) >= 1);
  CHECK(stage.product.wait_for(1, "/tape").front().field("RecordingStatus") == "completed");
  CHECK(stage.product.wait_for(0, "/none").empty());
}

TEST_CASE("without an action the same document is asked for again") {
  Stage stage;
  stage.product.put("record", "<Record maxLength=\"2\"/>");
  stage.call(human, "record");

  const auto heard = stage.product.wait_for(2, "/api/twiml/record");

  CHECK_FALSE(heard[0].fields.find("RecordingSid"));
  CHECK(heard[1].field("RecordingSid").starts_with("RE"));
}
