// Seed 003: a lead and its latest call know each other by the carrier's id of the call.
#include <doctest/doctest.h>

#include "tests/api/dial_desk.h"
#include "tests/support/log_capture.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const std::string phone = "+12125550101";

// A lead that somebody asks to call.
struct CalledOnce : DialDesk {
  std::string ann_lead;

  explicit CalledOnce(StoreKind store) : DialDesk(store) {
    account();
    consent(phone);
    ann_lead = lead(phone, R"(,"name":"Ann","notes":"prefers mornings")");
  }

  void call_her() {
    house.clock().advance(1ms);
    ann.post("/api/queue/schedule-call",
             R"({"to":")" + phone + R"(","purpose":"information","lead_id":")" + ann_lead + "\"}", 202);
    engine.run(5s);
    REQUIRE(house.carrier().requests.size() == 1);
  }
};

}  // namespace

TEST_CASE("a lead carries the id of its call, and everything about the call is found by it") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    CalledOnce desk(store);

    desk.call_her();

    const std::string shown = R"("call_sid":"CA1")";
    desk.expect_all({
        {"one lead, as 003 has it",
         "GET /api/leads/" + desk.ann_lead,
         "",
         200,
         {R"({"success":true,"data":{)", shown, R"("lead_status":"contacted")", R"("last_contacted_at":")",
          R"("notes":"prefers mornings\nOutbound call CA1 initiated")"}},
        {"all leads", "GET /api/leads?limit=10&offset=0", "", 200, {shown}},
        {"the call", "GET /api/calls?call_sid=CA1", "", 200, {shown, R"("lead_id":")" + desk.ann_lead}},
        {"no other call", "GET /api/calls?call_sid=CA2", "", 200, {R"("data":[])"}},
        {"its events",
         "GET /api/calls/" + desk.call_of(desk.ann_lead),
         "",
         200,
         {R"({"kind":"placed","data":{"sid":)"}},
        {"what was said",
         "GET /transcripts/CA1",
         "",
         200,
         {R"({"callSid":"CA1","transcripts":[],"messageCount":0,"success":true})"}},
        {"of a call that is not ours", "GET /transcripts/CA2", "", 404},
    });
  }
}

TEST_CASE("a call that people linked elsewhere stays there, and the log says so without naming anybody") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    CalledOnce desk(store);
    const std::string bob = desk.lead("+12125550102", R"(,"name":"Bob")");
    desk.expect({"linked", "POST /api/leads/" + bob + "/link-call", R"({"call_sid":"CA1"})"});
    std::string logged;
    {
      const LogCapture log(log::Level::info);
      desk.call_her();
      logged = log.text();
    }

    desk.expect_all({
        {"called, and not linked",
         "GET /api/leads/" + desk.ann_lead,
         "",
         200,
         {R"("status":"contacted")"},
         {R"("call_sid")"}},
        {"his still", "GET /api/leads/" + bob, "", 200, {R"("call_sid":"CA1")"}},
    });
    CHECK(logged.contains("linked to another lead already"));
    CHECK(logged.contains(bob));
    CHECK_FALSE(logged.contains("2125550"));
    CHECK_FALSE(logged.contains("Ann"));
  }
}

TEST_CASE("a lead that was unlinked from its call stays so when the call goes on") {
  CalledOnce desk(StoreKind::sqlite_memory);
  desk.call_her();
  const std::string call = desk.call_of(desk.ann_lead);
  desk.expect({"unlinked", "POST /api/leads/" + desk.ann_lead + "/unlink-call"});

  desk.tell(call, Answered{desk.house.clock().now()});
  desk.tell(call, Ended{.cause = Cause::completed, .at = desk.house.clock().now()});

  desk.expect({"no link",
               "GET /api/leads/" + desk.ann_lead,
               "",
               200,
               {R"("status":"contacted")"},
               {R"("call_sid")"}});
}
