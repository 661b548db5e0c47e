#include "carrier/twilio_requests.h"

#include <doctest/doctest.h>

#include "net/url.h"

using namespace ringdown;
using namespace ringdown::twilio;

namespace {

const Account account{.sid = "AC00000000000000000000000000000001", .key = "", .secret = Secret("12345")};
const Workspace workspace{{*parse_uuid("019ac000-0000-7000-8000-000000000001")}};

PlaceRequest request() {
  return {.call = {*parse_uuid("019ac000-0000-7000-8000-00000000000c")},
          .to = "+12125550123",
          .from = "+12125550100",
          .message = "",
          .ring_timeout = 25s,
          .talk_limit = 10min};
}

QueryPairs form_of(const HttpCall& call) {
  return QueryPairs::parse(call.body).value();
}

}  // namespace

TEST_CASE("without extras a call has all that it needs") {
  const QueryPairs all = form_of(create_call(account, workspace, request(), "https://dial.example.com"));
  const QueryPairs bare =
      form_of(create_call(account, workspace, request(), "https://dial.example.com", Extras::left_out));

  CHECK(all.find("MachineDetection") == "Enable");
  for (const auto& [name, value] : all) {
    const bool is_extra = name.contains("MachineDetection") || name.contains("AsyncAmd");
    CAPTURE(name);
    CHECK(bare.find(name).has_value() == !is_extra);
  }
}

TEST_CASE("whoever leaves messages waits for the end of a greeting, and a rep's leg asks nothing") {
  const auto detection = [](Detection wanted) {
    PlaceRequest asked = request();
    asked.detection = wanted;
    const QueryPairs form = form_of(create_call(account, workspace, asked, "https://dial.example.com"));
    return std::string(form.find("MachineDetection").value_or("none"));
  };
  CHECK(detection(Detection::end_of_greeting) == "DetectMessageEnd");
  CHECK(detection(Detection::none) == "none");
}

TEST_CASE("who is to be told anew is given our address of what to say") {
  const HttpCall call = speak_anew(account, {request().call, workspace}, "CA1", "https://dial.example.com");

  CHECK(call.verb == Verb::post);
  CHECK(call.target == "/2010-04-01/Accounts/AC00000000000000000000000000000001/Calls/CA1.json");
  CHECK(form_of(call).size() == 1);
  CHECK(form_of(call).find("Url")->starts_with(
      "https://dial.example.com/api/twiml/call/019ac000-0000-7000-8000-00000000000c?workspace="));
}

TEST_CASE("a call is asked for with our id in every address, all four events, and both limits") {
  const HttpCall call = create_call(account, workspace, request(), "https://dial.example.com");

  const QueryPairs form = form_of(call);
  const std::string subject =
      "?call=019ac000-0000-7000-8000-00000000000c&workspace=019ac000-0000-7000-8000-000000000001";
  CHECK(call.verb == Verb::post);
  CHECK(call.target == "/2010-04-01/Accounts/AC00000000000000000000000000000001/Calls.json");
  CHECK(form.find("To") == "+12125550123");
  CHECK(form.find("From") == "+12125550100");
  CHECK(form.find("Url")->starts_with(
      "https://dial.example.com/api/twiml/call/019ac000-0000-7000-8000-00000000000c?"));
  CHECK(form.find("StatusCallback")
            ->starts_with("https://dial.example.com/api/webhooks/twilio/status" + subject + "#"));
  CHECK(form.find("AsyncAmdStatusCallback")
            ->starts_with("https://dial.example.com/api/webhooks/twilio/amd" + subject));
  CHECK(form.all("StatusCallbackEvent") ==
        std::vector<std::string_view>{"initiated", "ringing", "answered", "completed"});
  CHECK(form.find("Timeout") == "25");
  CHECK(form.find("TimeLimit") == "600");
}

TEST_CASE("it rings for fifteen seconds at least and ten minutes at most") {
  PlaceRequest hasty = request();
  hasty.ring_timeout = 3s;
  PlaceRequest patient = request();
  patient.ring_timeout = 1h;

  CHECK(form_of(create_call(account, workspace, hasty, "https://a.example")).find("Timeout") == "15");
  CHECK(form_of(create_call(account, workspace, patient, "https://a.example")).find("Timeout") == "600");
}

TEST_CASE("the account signs in with its token, or with a key of its own") {
  const Account keyed{.sid = account.sid, .key = "SK1", .secret = Secret("secret")};

  CHECK(fetch_call(account, "CA1").headers.find("Authorization") ==
        "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMToxMjM0NQ==");
  CHECK(fetch_call(keyed, "CA1").headers.find("Authorization") == "Basic U0sxOnNlY3JldA==");
}

TEST_CASE("whatever a sid or a number holds, it stays in its place") {
  CHECK(fetch_call(account, "../x?y#z").target.ends_with("/Calls/..%2Fx%3Fy%23z.json"));
  CHECK(list_calls(account, "+1&From=2", "#").target.ends_with("?To=%2B1%26From%3D2&From=%23&PageSize=100"));
}
