// A campaign from its start to what came of a call, calls that somebody asks for, and what forbids them:
// through the API, with the product's own rounds.
#include <doctest/doctest.h>

#include <future>

#include "store/calls.h"
#include "store/line.h"
#include "tests/api/dial_desk.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const std::string phone = "+12125550101";

// A consenting lead of a running campaign.
struct Running : DialDesk {
  std::string lead_id;
  std::string campaign_id;

  Running() {
    account();
    consent(phone);
    lead_id = lead(phone);
    campaign_id = campaign();
    ann.post("/api/campaigns/" + campaign_id + "/start", "", 200);
  }

  // Until the gate has let the call out and its request has not begun yet.
  void run_to_the_claim() {
    const auto is_claimed = [this] { return ann.get("/api/calls").body.contains(R"("status":"placing")"); };
    for (int step = 0; step < 40 && !is_claimed(); ++step) engine.run(100ms);
    REQUIRE(is_claimed());
    REQUIRE(house.carrier().requests.empty());
  }

  // Asks for something that answers only when no request can begin any more, which takes time.
  ApiAnswer while_time_passes(const std::string& request, const std::string& body = "", int status = 200) {
    const auto asleep = house.clock().sleepers();
    auto answer = std::async(std::launch::async, [&] { return ann.send(request, body, status); });
    while (house.clock().sleepers() == asleep && answer.wait_for(1ms) != std::future_status::ready) continue;
    CHECK_MESSAGE(house.clock().sleepers() > asleep, "it answers although a request may still begin");
    engine.run(5s);
    return answer.get();
  }
};

std::string scheduled(DialDesk& desk, const std::string& more = "") {
  desk.house.clock().advance(1ms);
  return text_in(desk.ann.post("/api/queue/schedule-call",
                               R"({"to":")" + phone + R"(","purpose":"information")" + more + "}", 202),
                 "id");
}

}  // namespace

TEST_CASE("a campaign that is started places a call and keeps what came of it") {
  Running desk;

  desk.engine.run(5s);

  REQUIRE(desk.house.carrier().requests.size() == 1);
  CHECK(desk.house.carrier().requests.front().to == phone);
  CHECK(desk.house.carrier().requests.front().from == "+12125550199");
  const std::string call = desk.call_of(desk.lead_id);
  desk.expect(
      {"the lead was called", "GET /api/leads/" + desk.lead_id, "", 200, {R"("status":"contacted")"}});

  desk.tell(call, Ringing{desk.house.clock().now()});
  desk.tell(call, Ended{.cause = Cause::no_answer, .at = desk.house.clock().now()});

  desk.expect_all({
      {"the call is over",
       "GET /api/calls/" + call,
       "",
       200,
       {R"("status":"no_answer","outcome":"no-answer")", R"("call_sid":"CA1")", R"({"kind":"ringing")",
        R"({"kind":"ended")", R"("decisions":[{"decision":"allow")", R"("rulebook":")"},
       {R"("queue")"}},
      {"its lead waits for the next attempt",
       "GET /api/leads/" + desk.lead_id,
       "",
       200,
       {R"("status":"pending")", R"("call_attempts":1)", R"("call_sid":"CA1")", "next_attempt_at"}},
      {"the decision is kept",
       "GET /api/leads/" + desk.lead_id + "/why-not?at=" + to_text(desk.calling_now()),
       "",
       200,
       {R"("decision":"allow")", R"("kept":true)", R"("campaign_id":")" + desk.campaign_id}},
      {"the campaign has its call",
       "GET /api/calls?campaign=" + desk.campaign_id + "&status=no_answer&outcome=no-answer",
       "",
       200,
       {call}},
      {"and no other", "GET /api/calls?after=" + call, "", 200, {R"("data":[])"}},
  });
  CHECK(desk.house.api()
            .send({.request = "GET /metrics"})
            .body.contains(R"(ringdown_calls_total{status="no_answer",outcome="no-answer"} 1)"));
}

TEST_CASE("a campaign runs only with a carrier account, and only those of its workspace see it") {
  DialDesk desk;
  const std::string id = desk.campaign();

  desk.expect_all({
      {"there is nothing to call through",
       "POST /api/campaigns/" + id + "/start",
       "",
       409,
       {"carrier account"}},
      {"a budget is kept", "PATCH /api/campaigns/" + id, R"({"budget":12.5})", 200, {R"("budget":12.5)"}},
      {"hours must be hours",
       "PATCH /api/campaigns/" + id,
       R"({"hours":{"monday":"9 to 5"}})",
       400,
       {"hours"}},
      {"caller ids become E.164",
       "PATCH /api/campaigns/" + id,
       R"({"caller_ids":["(212) 555-0142"]})",
       200,
       {"+12125550142"}},
      {"a pipeline must exist",
       "PATCH /api/campaigns/" + id,
       R"({"pipeline_id":"00000000-0000-7000-8000-00000000beef"})",
       400,
       {"pipeline_id"}},
      {"it is in the list", "GET /api/campaigns", "", 200, {id, R"("state":"paused")"}},
      {"and alone", "GET /api/campaigns/" + id, "", 200, {R"("name":"Recall")"}},
  });
}

TEST_CASE("a pipeline that a campaign calls stays") {
  DialDesk desk;
  const std::string pipeline = text_in(desk.ann.post("/api/pipelines", R"({"name":"Spring"})", 201), "id");
  desk.campaign(R"(,"pipeline_id":")" + pipeline + "\"");

  desk.expect({"it is in use", "DELETE /api/pipelines/" + pipeline, "", 409, {"campaign"}});
}

TEST_CASE("a pause answers when the request it forbids can no longer begin") {
  Running desk;
  desk.run_to_the_claim();

  const ApiAnswer paused = desk.while_time_passes("POST /api/campaigns/" + desk.campaign_id + "/pause");

  CHECK(paused.body.contains(R"("state":"paused")"));
  CHECK(desk.house.carrier().requests.empty());
  desk.expect({"its call never went out", "GET /api/calls", "", 200, {R"("status":"canceled")"}});
}

TEST_CASE("a number on the list is not rung by a request that was under way, whoever puts it there") {
  const std::pair<std::string, std::string> ways[] = {
      {"POST /api/dnc", R"({"phones":["(212) 555-0101"]})"},
      {"PATCH /api/leads/LEAD", R"({"status":"dnc"})"},
      {"POST /api/leads/batch", R"({"action":"set-status","status":"dnc","ids":["LEAD"]})"},
  };
  for (auto [request, body] : ways) {
    CAPTURE(request);
    Running desk;
    desk.run_to_the_claim();
    for (std::string* text : {&request, &body}) {
      if (const auto at = text->find("LEAD"); at != std::string::npos) text->replace(at, 4, desk.lead_id);
    }

    desk.while_time_passes(request, body);

    CHECK(desk.house.carrier().requests.empty());
    desk.expect({"the call is canceled", "GET /api/calls", "", 200, {R"("status":"canceled")"}});
    desk.expect({"the number is listed", "GET /api/dnc", "", 200, {phone}});
  }
}

TEST_CASE("a call that is out already is taken back when its number gets onto the list") {
  Running desk;
  desk.engine.run(5s);
  REQUIRE(desk.house.carrier().requests.size() == 1);

  desk.ann.post("/api/dnc", R"({"phones":["(212) 555-0101"]})");
  desk.engine.run(5s);

  CHECK(desk.house.carrier().ended == std::vector<std::string>{"CA1"});
}

TEST_CASE("a call that somebody asks for goes out, with its message") {
  DialDesk desk;
  desk.account();
  desk.consent(phone);

  const std::string answer = desk.expect(
      {"it is queued",
       "POST /api/queue/schedule-call",
       R"({"to":"(212) 555-0101","message":"Hello","purpose":"information","priority":"high"})",
       202,
       {R"("status":"queued")", R"("priority":"high")", R"("queue":{"position":1,"not_before":")"}});
  desk.engine.run(5s);

  REQUIRE(desk.house.carrier().requests.size() == 1);
  CHECK(desk.house.carrier().requests.front().message == "Hello");
}

TEST_CASE("a call that the gate refuses ends as refused, with the rule") {
  DialDesk desk;
  desk.account();
  const std::string call = scheduled(desk);

  desk.engine.run(5s);

  CHECK(desk.house.carrier().requests.empty());
  desk.expect(
      {"it says why",
       "GET /api/calls/" + call,
       "",
       200,
       {R"("status":"refused")", R"("problem":"generic.consent: )", R"("decisions":[{"decision":"refuse")"}});
  desk.expect({"and is over", "POST /api/calls/" + call + "/cancel", "", 409, {"refused"}});
}

TEST_CASE("a call that is canceled leaves the line") {
  DialDesk desk;
  desk.account();
  desk.consent(phone);
  desk.engine.run(1s);  // the rehearsal's clock begins
  const std::string call =
      scheduled(desk, R"(,"scheduled_time":")" + to_text(desk.calling_now() + 2h) + "\"");
  desk.engine.run(1s);

  desk.expect_all({
      {"it waits", "GET /api/calls/" + call, "", 200, {R"("status":"queued")", R"("queue":{"position":1)"}},
      {"nobody talks yet", "POST /api/calls/" + call + "/hangup", "", 409, {"cancel it"}},
      {"it is taken back",
       "POST /api/calls/" + call + "/cancel",
       "",
       200,
       {R"("status":"canceled")"},
       {R"("queue")"}},
      {"and once more", "POST /api/calls/" + call + "/cancel", "", 200, {R"("status":"canceled")"}},
      {"it is over", "POST /api/calls/" + call + "/hangup", "", 409, {"canceled"}},
  });
  CHECK_FALSE(await(desk.house.api().db().read(desk.clinic, [](Tx& tx) { return store::next_in_line(tx); })));
}

TEST_CASE("a call in which somebody talks is hung up") {
  Running desk;
  desk.engine.run(5s);
  const std::string call = desk.call_of(desk.lead_id);
  desk.tell(call, Answered{desk.house.clock().now()});

  desk.expect({"it is to end", "POST /api/calls/" + call + "/hangup", "", 200, {R"("end_asked":true)"}});
  desk.engine.run(5s);

  CHECK(desk.house.carrier().told_anew == std::vector<std::string>{"CA1"});  // goodbye comes first
}

TEST_CASE("a call for later waits for its moment, whatever else becomes known of its number") {
  DialDesk desk;
  desk.account();
  desk.consent(phone);
  desk.engine.run(1s);  // the rehearsal's clock begins
  scheduled(desk, R"(,"scheduled_time":")" + to_text(desk.calling_now() + 2h) + "\"");

  desk.consent(phone, "call");
  desk.engine.run(1min);
  CHECK(desk.house.carrier().requests.empty());

  desk.engine.run(2h);
  CHECK(desk.house.carrier().requests.size() == 1);
}

TEST_CASE("who asks for a call names a number, and a lead that has it") {
  DialDesk desk;
  const std::string id = desk.lead(phone);

  desk.expect_all({
      {"no number", "POST /api/queue/schedule-call", R"({"to":"reception"})", 400, {R"("field":"to")"}},
      {"no such lead",
       "POST /api/queue/schedule-call",
       R"({"to":"+12125550101","lead_id":"00000000-0000-7000-8000-00000000beef"})",
       404,
       {"no such lead"}},
      {"another's number",
       "POST /api/queue/schedule-call",
       R"({"to":"+12125550102","lead_id":")" + id + "\"}",
       409,
       {"another number"}},
  });
}

TEST_CASE("what changes about a lead reaches the campaign that calls it") {
  DialDesk desk;
  desk.account();
  const std::string id = desk.lead(phone);
  const std::string campaign = desk.campaign();
  desk.ann.post("/api/campaigns/" + campaign + "/start", "", 200);
  desk.engine.run(5s);
  desk.expect({"nobody agreed",
               "GET /api/campaigns/" + campaign + "/preview",
               "",
               200,
               {R"({"verdict":"never","rule":"generic.consent","leads":1})",
                R"("says":"0 now; 1 never: 1 generic.consent")"}});

  SUBCASE("consent") {
    desk.consent(phone);
    desk.engine.run(5s);
    CHECK(desk.house.carrier().requests.size() == 1);
  }
  SUBCASE("another number") {
    desk.consent("+12125550102");
    desk.expect({"moved", "PATCH /api/leads/" + id, R"({"phone":"+12125550102"})", 200, {}});
    desk.engine.run(5s);
    CHECK(desk.house.carrier().requests.size() == 1);
  }
  SUBCASE("a new lead") {
    desk.consent("+12125550103");
    desk.lead("+12125550103");
    desk.engine.run(5s);
    CHECK(desk.house.carrier().requests.size() == 1);
  }
  SUBCASE("off the list again") {
    desk.consent(phone);
    desk.ann.post("/api/dnc", R"({"phones":["+12125550101"]})");
    desk.engine.run(5s);
    CHECK(desk.house.carrier().requests.empty());
    desk.ann.post("/api/dnc/remove", R"({"phone":"+12125550101","reason":"asked for it"})");
    desk.engine.run(5s);
    CHECK(desk.house.carrier().requests.size() == 1);
  }
  SUBCASE("a setting") {
    desk.ann.send("PUT /api/settings", R"({"allowed_countries":["GB"]})", 200);
    desk.consent(phone);
    desk.engine.run(5s);
    CHECK(desk.house.carrier().requests.empty());
    desk.ann.send("PUT /api/settings", R"({"allowed_countries":["US"]})", 200);
    desk.engine.run(5s);
    CHECK(desk.house.carrier().requests.size() == 1);
  }
}

TEST_CASE("a lead that is next in line is called by the number it has by then") {
  DialDesk desk;
  desk.account();
  for (const char* number : {"+12125550101", "+12125550102", "+12125550103"}) desk.consent(number);
  const std::string first = desk.lead("+12125550101");
  const std::string second = desk.lead("+12125550102");
  const std::string campaign = desk.campaign(R"(,"max_calls_batch":1)");
  desk.ann.post("/api/campaigns/" + campaign + "/start", "", 200);
  desk.engine.run(5s);
  REQUIRE(desk.house.carrier().requests.size() == 1);

  desk.expect({"moved", "PATCH /api/leads/" + second, R"({"phone":"+12125550103"})", 200, {}});
  desk.tell(desk.call_of(first), Ended{.cause = Cause::busy, .at = desk.house.clock().now()});
  desk.engine.run(5s);

  REQUIRE(desk.house.carrier().requests.size() == 2);
  CHECK(desk.house.carrier().requests.back().to == "+12125550103");
}
