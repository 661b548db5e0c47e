// Why a lead is not called: the rule that decides in each of its situations, now and then; and what a
// campaign would make of its leads.
#include <doctest/doctest.h>

#include "store/calls.h"
#include "store/leads.h"
#include "tests/api/dial_desk.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const std::string phone = "+12125550101";

// It is ten in the morning in New York, and nothing speaks against calling the lead for the campaign.
struct Asking : DialDesk {
  std::string id;
  std::string campaign_id;

  Asking() {
    house.clock().advance(5h);
    consent(phone);
    id = lead(phone);
    campaign_id = campaign();
  }

  std::string why(const std::string& more = "") {
    return expect({"why not", "GET /api/leads/" + id + "/why-not?campaign=" + campaign_id + more});
  }

  template <class Change>
  void change_lead(Change change) {
    await(house.api().db().write(clinic, [&](Tx& tx) {
      Lead lead = store::find_lead(tx, LeadId{*parse_uuid(id)}).value();
      change(lead);
      store::move_lead(tx, lead);
    }));
  }

  // Attempts to reach the number, so long ago each.
  void attempts(const std::vector<Span>& ago, CallStatus status = CallStatus::no_answer) {
    const Time now = house.clock().now();
    await(house.api().db().write(clinic, [&](Tx& tx) {
      for (std::uint64_t n = 0; n < ago.size(); ++n) {
        Call call;
        call.id = nth<CallTag>(n + 1);
        call.phone = phone;
        call.status = status;
        call.counts = true;
        call.attempt_at = now - ago[n];
        call.created_at = call.updated_at = now;
        store::save_call(tx, call);
      }
    }));
  }
};

struct Situation {
  std::string says;
  void (*happens)(Asking&);
  std::string decision;
  std::string rule;
};

const Situation situations[] = {
    {"nothing speaks against it", [](Asking&) {}, "allow", ""},
    {"the number is on the list",
     [](Asking& desk) { desk.ann.post("/api/dnc", R"({"phones":["+12125550101"]})"); }, "refuse", "dnc"},
    {"it is a premium number", [](Asking& desk) { desk.id = desk.lead("+979155550100"); }, "refuse",
     "number"},
    {"its country is not called",
     [](Asking& desk) { desk.ann.send("PUT /api/settings", R"({"allowed_countries":["GB"]})", 200); },
     "refuse", "country"},
    {"nobody agreed to a call", [](Asking& desk) { desk.id = desk.lead("+12125550102"); }, "refuse",
     "generic.consent"},
    {"the lead said no",
     [](Asking& desk) { desk.change_lead([](Lead& lead) { lead.status = LeadStatus::not_interested; }); },
     "refuse", "lead-status"},
    {"it was tried often enough",
     [](Asking& desk) { desk.change_lead([](Lead& lead) { lead.call_attempts = 3; }); }, "refuse",
     "attempts-max"},
    {"the next attempt is planned for later",
     [](Asking& desk) {
       const Time later = desk.house.clock().now() + 20min;
       desk.change_lead([&](Lead& lead) { lead.next_attempt_at = later; });
     },
     "defer", "next-attempt"},
    {"the register was never asked",
     [](Asking& desk) { desk.ann.send("PUT /api/settings", R"({"dnc_scrub":true})", 200); }, "refuse",
     "generic.scrub"},
    {"the last call was a short while ago", [](Asking& desk) { desk.attempts({10min}); }, "defer", "gap"},
    {"there were three calls within a day", [](Asking& desk) { desk.attempts({70min, 80min, 90min}); },
     "defer", "cap"},
    {"a call with the number goes on", [](Asking& desk) { desk.attempts({2h}, CallStatus::in_progress); },
     "refuse", "live-call"},
    {"it is five in the morning", [](Asking& desk) { desk.house.clock().advance(-5h); }, "defer",
     "generic.hours"},
    {"nobody knows where it is",
     [](Asking& desk) {
       desk.consent("+18005550101");
       desk.id = desk.lead("+18005550101", R"(,"country":"US")");
     },
     "refuse", "place"},
    {"the campaign calls another pipeline",
     [](Asking& desk) {
       const std::string pipeline =
           text_in(desk.ann.post("/api/pipelines", R"({"name":"Spring"})", 201), "id");
       desk.ann.send("PATCH /api/campaigns/" + desk.campaign_id, R"({"pipeline_id":")" + pipeline + "\"}",
                     200);
     },
     "refuse", "pipeline"},
};

}  // namespace

TEST_CASE("why-not names the rule that decides") {
  for (const Situation& situation : situations) {
    CAPTURE(situation.says);
    Asking desk;
    situation.happens(desk);

    const std::string answer = desk.why();

    CHECK_MESSAGE(answer.contains(R"({"success":true,"data":{"decision":")" + situation.decision), answer);
    CHECK_MESSAGE(answer.contains(R"("rule":")" + situation.rule + R"(","says":")"), answer);
    CHECK_MESSAGE(answer.contains(R"("rules":[{"rule":"number")"), answer);
  }
}

TEST_CASE("why-not tells whether the campaign could place a call") {
  Asking desk;
  CHECK(desk.why().contains(R"("place":{"decision":"defer","rule":"running")"));

  desk.account();
  desk.ann.post("/api/campaigns/" + desk.campaign_id + "/start", "", 200);
  CHECK(desk.why().contains(R"("place":{"decision":"allow")"));

  desk.ann.send("PATCH /api/campaigns/" + desk.campaign_id, R"({"budget":0.01})", 200);
  CHECK(desk.why().contains(R"("place":{"decision":"defer","rule":"budget")"));
}

TEST_CASE("why-not is about a campaign that exists, or a moment of which a decision was kept") {
  Asking desk;
  const std::string path = "GET /api/leads/" + desk.id + "/why-not";

  desk.expect_all({
      {"no such campaign",
       path + "?campaign=00000000-0000-7000-8000-00000000beef",
       "",
       404,
       {"no such campaign"}},
      {"the default one, which nobody made yet",
       path,
       "",
       200,
       {R"("rule":"us.voice.marketing")"},
       {"campaign_id"}},
      {"nothing was kept", path + "?at=2026-01-06T10:00:00Z", "", 404, {R"("field":"at")"}},
      {"not both",
       path + "?at=2026-01-06T10:00:00Z&campaign=" + desk.campaign_id,
       "",
       400,
       {R"("field":"campaign")"}},
      {"no moment", path + "?at=yesterday", "", 400, {R"("field":"at")"}},
  });
}

TEST_CASE("a campaign that does not run yet is previewed by judging its leads") {
  Asking desk;
  desk.lead("+12125550102");
  desk.consent("+18085550103");  // five in the morning in Honolulu
  desk.lead("+18085550103");
  desk.lead("+12125550104", R"(,"status":"contacted")");

  desk.expect(
      {"judged",
       "GET /api/campaigns/" + desk.campaign_id + "/preview",
       "",
       200,
       {R"("state":"paused","judged":3,"leads":3,"has_more":false)",
        R"({"verdict":"now","rule":"","leads":1})",
        R"({"verdict":"later","rule":"generic.hours","leads":1,"first_at":"2026-01-06T18:00:00Z"})",
        R"({"verdict":"never","rule":"generic.consent","leads":1})",
        R"("due":[{"at":"2026-01-06T18:00:00Z","leads":1}])",
        R"("says":"1 now; 1 later: 1 generic.hours from 2026-01-06T18:00:00Z; 1 never: 1 generic.consent")"}});
  desk.expect(
      {"nothing is written", "GET /api/leads/" + desk.id + "/why-not?at=2026-01-07T00:00:00Z", "", 404, {}});
}

TEST_CASE("a campaign that runs is previewed from its line") {
  DialDesk desk;
  desk.account();
  desk.lead("+12125550102");
  desk.consent("+18085550103");
  desk.lead("+18085550103");
  const std::string id = desk.campaign();
  desk.ann.post("/api/campaigns/" + id + "/start", "", 200);
  desk.engine.run(2s);

  desk.expect({"from the line",
               "GET /api/campaigns/" + id + "/preview",
               "",
               200,
               {R"("state":"running","judged":2,"leads":2)",
                R"({"verdict":"later","rule":"generic.hours","leads":1,"first_at":"2026-01-06T18:00:00Z"})",
                R"({"verdict":"never","rule":"generic.consent","leads":1})",
                R"("due":[{"at":"2026-01-06T18:00:00Z","leads":1}])"}});
}
