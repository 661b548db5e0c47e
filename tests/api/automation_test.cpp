// The default campaign in its first settings' words, carrier accounts, and schedulers outside.
#include <doctest/doctest.h>

#include "api/dialing.h"
#include "tests/api/dial_desk.h"

using namespace ringdown;
using namespace ringdown::test;

TEST_CASE("the automation begins with its defaults, and is set word by word") {
  DialDesk desk;

  desk.expect_all({
      {"defaults",
       "GET /api/automation",
       "",
       200,
       {R"("automation_enabled":false,"max_calls_batch":10,"retry_interval":15,"max_attempts":3)"},
       {"campaign_id"}},
      {"one word",
       "PUT /api/automation",
       R"({"max_attempts":5})",
       200,
       {R"("automation_enabled":false,"max_calls_batch":10,"retry_interval":15,"max_attempts":5)",
        R"("state":"paused")"}},
      {"not without a carrier account",
       "PUT /api/automation",
       R"({"automation_enabled":true,"max_calls_batch":2})",
       409,
       {"carrier account"}},
      {"and then nothing is set", "GET /api/automation", "", 200, {R"("max_calls_batch":10)"}},
      {"no such word", "PUT /api/automation", R"({"automation":true})", 400, {"automation"}},
      {"too many", "PUT /api/automation", R"({"max_calls_batch":0})", 400, {"max_calls_batch"}},
  });
}

TEST_CASE("the automation calls while it is enabled") {
  DialDesk desk;
  desk.account();
  for (const char* phone : {"+12125550101", "+12125550102"}) {
    desk.consent(phone);
    desk.lead(phone);
  }

  desk.expect({"enabled",
               "PUT /api/automation",
               R"({"automation_enabled":true,"max_calls_batch":1})",
               200,
               {R"("automation_enabled":true)", R"("state":"running")"}});
  desk.engine.run(5s);
  CHECK(desk.house.carrier().requests.size() == 1);

  desk.expect({"disabled",
               "PUT /api/automation",
               R"({"automation_enabled":false})",
               200,
               {R"("automation_enabled":false)", R"("max_calls_batch":1)", R"("state":"paused")"}});
  desk.expect({"it is a campaign like others", "GET /api/campaigns", "", 200, {R"("is_default":true)"}});
}

TEST_CASE("a carrier account has caller ids in one form, and a pace within bounds") {
  DialDesk desk;
  const std::string id = desk.account(R"(,"calls_per_second":5)");

  desk.expect_all({
      {"as it is",
       "GET /api/carrier-accounts",
       "",
       200,
       {R"("caller_ids":["+12125550199"])", R"("calls_per_second":5,"live_calls_max":10)"}},
      {"slower",
       "PATCH /api/carrier-accounts/" + id,
       R"({"calls_per_second":1})",
       200,
       {R"("calls_per_second":1)"}},
      {"so many calls an hour from one number",
       "PATCH /api/carrier-accounts/" + id,
       R"({"number_calls_an_hour":60})",
       200,
       {R"("number_calls_an_hour":60)"}},
      {"as many as there are",
       "PATCH /api/carrier-accounts/" + id,
       R"({"number_calls_an_hour":null})",
       200,
       {},
       {"number_calls_an_hour"}},
      {"none",
       "PATCH /api/carrier-accounts/" + id,
       R"({"number_calls_an_hour":0})",
       400,
       {"number_calls_an_hour"}},
      {"too fast",
       "PATCH /api/carrier-accounts/" + id,
       R"({"calls_per_second":101})",
       400,
       {"calls_per_second"}},
      {"too many",
       "PATCH /api/carrier-accounts/" + id,
       R"({"live_calls_max":1001})",
       400,
       {"live_calls_max"}},
      {"no number",
       "PATCH /api/carrier-accounts/" + id,
       R"({"caller_ids":["reception"]})",
       400,
       {"caller_ids[0]"}},
      {"nobody's",
       "PATCH /api/carrier-accounts/00000000-0000-7000-8000-00000000beef",
       R"({"name":"x"})",
       404,
       {}},
  });
}

TEST_CASE("whoever shows the cron secret has leads looked for at once") {
  DialDesk desk;
  desk.account();
  desk.ann.send("PUT /api/automation", R"({"automation_enabled":true})", 200);
  desk.engine.run(5s);
  const Headers shown = {{"Authorization", "Bearer " + cron_secret}};

  desk.house.api().expect_all({
      {.says = "without it", .request = "GET /api/cron", .status = 401, .body_has = "cron_secret"},
      {.says = "with another",
       .request = "POST /api/cron",
       .headers = {{"Authorization", "Bearer " + metrics_token}},
       .status = 401},
      {.says = "with it", .request = "GET /api/cron", .headers = shown, .body_has = R"("hurried":1)"},
      {.says = "it is due already",
       .request = "POST /api/cron",
       .headers = shown,
       .body_has = R"("hurried":0)"},
  });
}

TEST_CASE("without a configured secret nobody may hurry the automation") {
  ApiServer bare({.tables = {cron_routes}});

  bare.expect({.says = "nothing is configured",
               .request = "GET /api/cron",
               .headers = {{"Authorization", "Bearer "}},
               .status = 401});
}
