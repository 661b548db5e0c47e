#include "carrier/twilio_answers.h"

#include <doctest/doctest.h>

using namespace ringdown;
using namespace ringdown::twilio;

namespace {

const CarrierErrors errors{.twilio = {{20429, {Rejection::failed, "not used"}},
                                      {21211, {Rejection::invalid_number, "this is no number"}},
                                      {21216, {Rejection::blocked, "on the block list"}}},
                           .sip = {}};

HttpAnswer answer(int status, std::string body) {
  return {.status = status, .body = std::move(body)};
}

std::string error_body(int code) {
  return R"({"code":)" + std::to_string(code) + R"(,"message":"…","more_info":"…","status":400})";
}

std::string call_body(std::string_view sid, std::string_view status, std::string_view created,
                      std::string_view more = "") {
  return R"({"sid":")" + std::string(sid) + R"(","status":")" + std::string(status) +
         R"(","date_created":")" + std::string(created) + R"(","unknown_to_us":{"a":[1]})" +
         std::string(more) + "}";
}

Rejection why(const CallEvent& event) {
  return std::get<Rejected>(event).why;
}

}  // namespace

TEST_CASE("a call that Twilio named is placed") {
  const auto event = placed_or_not(answer(201, call_body("CA1", "queued", "")), errors);

  CHECK(event == CallEvent{Placed{"CA1"}});
}

TEST_CASE("what Twilio refused was not dialed, for the reason its code has in the table") {
  CHECK(why(placed_or_not(answer(400, error_body(21211)), errors)) == Rejection::invalid_number);
  CHECK(why(placed_or_not(answer(400, error_body(21216)), errors)) == Rejection::blocked);
  CHECK(std::get<Rejected>(placed_or_not(answer(400, error_body(21211)), errors)).text ==
        "this is no number (Twilio 21211)");
}

TEST_CASE("a refusal with an unknown code fails; one of the account is our fault") {
  CHECK(why(placed_or_not(answer(400, error_body(99999)), errors)) == Rejection::failed);
  CHECK(why(placed_or_not(answer(422, "<html>"), errors)) == Rejection::failed);
  CHECK(why(placed_or_not(answer(401, ""), errors)) == Rejection::our_fault);
  CHECK(why(placed_or_not(answer(403, error_body(99999)), errors)) == Rejection::our_fault);
}

TEST_CASE("only a refusal that names an extra is about one") {
  const auto says = [](std::string_view message) {
    return R"({"code":20001,"message":")" + std::string(message) + R"("})";
  };

  CHECK(refuses_extras(answer(400, says("Trial accounts cannot use the parameter MachineDetection"))));
  CHECK(refuses_extras(answer(403, says("AsyncAmd is not available: limited parameter access"))));
  CHECK_FALSE(refuses_extras(answer(400, says("The phone number is not valid"))));
  CHECK_FALSE(refuses_extras(answer(400, "MachineDetection")));
  CHECK_FALSE(refuses_extras(answer(429, says("MachineDetection"))));
  CHECK_FALSE(refuses_extras(answer(500, says("MachineDetection"))));
  CHECK_FALSE(refuses_extras(answer(201, says("MachineDetection"))));
  CHECK_FALSE(refuses_extras(fail(Reason::internal, "no answer about MachineDetection")));
}

TEST_CASE("too many requests and an unreachable Twilio may do later") {
  const auto unreachable = fail(Reason::unavailable, "cannot reach api.twilio.com");

  CHECK(why(placed_or_not(answer(429, error_body(20429)), errors)) == Rejection::busy);
  CHECK(why(placed_or_not(answer(429, "slow down"), errors)) == Rejection::busy);
  CHECK(why(placed_or_not(unreachable, errors)) == Rejection::busy);
}

TEST_CASE("whatever may have dialed is lost, never refused") {
  const auto is_lost = [](const Result<HttpAnswer>& said) {
    return std::holds_alternative<Lost>(placed_or_not(said, errors));
  };

  CHECK(is_lost(fail(Reason::commit_unknown, "the deadline passed")));
  CHECK(is_lost(fail(Reason::too_large, "the answer is too large")));
  for (const int status : {500, 502, 503, 504, 408, 302, 199})
    CHECK(is_lost(answer(status, error_body(21211))));
  CHECK(is_lost(answer(201, "")));
  CHECK(is_lost(answer(201, R"({"status":"queued"})")));
  CHECK(is_lost(answer(200, R"({"sid":""})")));
}

TEST_CASE("calls are listed since a moment, rounded and skewed towards one too many") {
  const Time since = *parse_time("2026-11-26T10:00:00.7Z");
  const std::string body = R"({"calls":[)" + call_body("CA3", "ringing", "Thu, 26 Nov 2026 10:00:05 +0000") +
                           "," + call_body("CA2", "queued", "Thu, 26 Nov 2026 10:00:00 +0000") + "," +
                           call_body("CA1", "completed", "Thu, 26 Nov 2026 09:59:00 +0000") + "]}";

  const auto calls = calls_listed(answer(200, body), since);

  REQUIRE(calls);
  REQUIRE(calls->size() == 2);
  CHECK(calls->at(0).sid == "CA3");
  CHECK(calls->at(0).state == CarrierState::ringing);
  CHECK(calls->at(1).sid == "CA2");
  CHECK(calls->at(1).created_at == *parse_time("2026-11-26T10:00:00Z"));
}

TEST_CASE("a list that cannot be understood is a failure, never an empty list") {
  CHECK_FALSE(calls_listed(answer(200, "{}"), {}));
  CHECK_FALSE(calls_listed(answer(200, R"({"calls":[)" + call_body("CA1", "dreaming", "") + "]}"), {}));
  CHECK_FALSE(calls_listed(answer(500, R"({"calls":[]})"), {}));
  CHECK_FALSE(calls_listed(fail(Reason::unavailable, "away"), {}));
  CHECK(calls_listed(answer(200, R"({"calls":[]})"), {})->empty());
}

TEST_CASE("a call that is over tells how it ended, how long it was and what it cost") {
  const std::string more =
      R"(,"end_time":"Thu, 26 Nov 2026 10:01:05 +0000","duration":"49","price":"-0.0085",)"
      R"("price_unit":"USD","answered_by":"machine_start")";

  const auto call =
      call_fetched(answer(200, call_body("CA1", "completed", "Thu, 26 Nov 2026 10:00:05 +0000", more)));

  REQUIRE(call);
  REQUIRE(*call);
  const Ended& end = (*call)->end.value();
  CHECK(end.cause == Cause::completed);
  CHECK(end.at == *parse_time("2026-11-26T10:01:05Z"));
  CHECK(end.duration_s == 49);
  CHECK(end.cost_micros == 8500);
  CHECK(end.answered_by == AnsweredBy::machine);
}

TEST_CASE("an unknown call is nothing; a page that is not Twilio's says nothing of calls") {
  const auto unknown = call_fetched(answer(404, error_body(20404)));
  REQUIRE(unknown);
  CHECK_FALSE(*unknown);

  CHECK_FALSE(call_fetched(answer(404, "<html>not found</html>")));
  CHECK_FALSE(call_fetched(answer(401, error_body(20003))));
}

TEST_CASE("ending what is over already is fine") {
  CHECK(call_updated(answer(200, "{}")));
  CHECK(call_updated(answer(400, error_body(21220))));
  CHECK_FALSE(call_updated(answer(400, error_body(21211))));
  CHECK_FALSE(call_updated(answer(503, "")));
}
