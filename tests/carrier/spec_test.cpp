// Twilio's own OpenAPI file judges what the adapter asks and what the twin answers.
#include <doctest/doctest.h>

#include "carrier/twilio_requests.h"
#include "tests/carrier/line.h"
#include "tests/support/skip.h"
#include "tests/support/twilio_spec.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr const char* without = "Twilio's OpenAPI file is not at ../shared/specs or in RINGDOWN_SPECS";

}  // namespace

TEST_CASE("every request of the adapter and every answer of the twin is as Twilio describes it") {
  const auto spec = TwilioSpec::load();
  if (!spec) return skip(without);
  Line line;
  const auto account = line.account();
  const auto judged = [&](const HttpCall& call) {
    CAPTURE(call.target);
    CHECK(spec->wrong_with_request(call.verb, call.target, call.body) == "");
    const auto answer = line.ask(call).value();
    CHECK(spec->wrong_with_answer(call.verb, call.target, answer.status, answer.body) == "");
    return answer.body;
  };

  judged(twilio::create_call(account, some_account.workspace, Line::request("+12125550190"),
                             line.product.url()));
  const auto heard = line.product.wait_for(4, "/status");
  const std::string sid = heard.front().field("CallSid");
  CHECK(judged(twilio::fetch_call(account, sid)).contains("\"completed\""));
  CHECK(judged(twilio::list_calls(account, "+12125550190", "+12125550100")).contains(sid));
}

TEST_CASE("the description refuses what is not in it") {
  const auto spec = TwilioSpec::load();
  if (!spec) return skip(without);
  const std::string target = "/2010-04-01/Accounts/AC00000000000000000000000000000001/Calls.json";

  CHECK(spec->wrong_with_request(Verb::post, target, "From=%2B12125550100").contains("To is missing"));
  CHECK(spec->wrong_with_request(Verb::post, target, "From=1&To=2&Colour=red").contains("Colour"));
  CHECK(spec->wrong_with_request(Verb::post, target, "From=1&To=2&Timeout=soon").contains("Timeout"));
  CHECK(spec->wrong_with_answer(Verb::post, target, 201, R"({"status":"dreaming"})").contains("status"));
  CHECK(spec->wrong_with_answer(Verb::post, target, 201, R"({"sid":"CA1"})").contains("sid"));
}
