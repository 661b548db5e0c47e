// Whether the product does well: /readyz and /metrics.
#include <doctest/doctest.h>

#include "store/campaigns.h"
#include "tests/api/dial_desk.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const ApiScenario ready{.says = "ready", .request = "GET /readyz", .body_has = R"("engine":"ok")"};
const ApiScenario stalled{
    .says = "stalled", .request = "GET /readyz", .status = 503, .body_has = "engine: stalled"};

}  // namespace

TEST_CASE("an engine that goes round is ready, and one that stands still is not, within ten seconds") {
  DialDesk desk;
  desk.engine.run(10s);
  desk.house.api().expect(ready);

  desk.house.clock().advance(10s);  // and nobody turns the engine
  desk.house.api().expect(stalled);

  desk.engine.run(3s);
  desk.house.api().expect(ready);
}

TEST_CASE("a round that waits for the carrier does not stand still yet") {
  flow::Pulse pulse;
  DialDesk desk;
  flow::Engine engine = desk.house.engine();
  const flow::Engine watched{.db = engine.db,
                             .clock = engine.clock,
                             .chance = engine.chance,
                             .carrier = engine.carrier,
                             .atlas = engine.atlas,
                             .rules = engine.rules,
                             .node = nth<struct NodeTag>(2).value,
                             .policy = {},
                             .pulse = &pulse};
  const auto is_stalled = [&](Span later) {
    return await(watched.db.instance([&](Tx& tx) {
      for (const auto& round : pulse.take_news(watched.node)) store::note_round(tx, round);
      return flow::stalled_round(tx, watched.node, watched.clock.now() + later).has_value();
    }));
  };

  flow::heard(watched, "dial");
  CHECK_FALSE(is_stalled(8s));
  CHECK(is_stalled(9s));

  flow::asks_carrier(watched, "dial");
  CHECK_FALSE(is_stalled(59s));
  CHECK(is_stalled(61s));
}

TEST_CASE("an engine that was never heard of is not ready") {
  House house;
  house.instance([](Tx& tx) { store::forget_engine_rounds(tx, tuesday + 1s); });

  house.api().expect(stalled);
}

TEST_CASE("figures are for this machine and for those with the token") {
  DialDesk desk;
  const Headers handed_on = {{"X-Forwarded-For", "198.51.100.9"}};
  Headers with_token = handed_on;
  with_token.add("Authorization", "Bearer " + metrics_token);
  Headers with_other = handed_on;
  with_other.add("Authorization", "Bearer " + cron_secret);

  desk.house.api().expect_all({
      {.says = "from here",
       .request = "GET /metrics",
       .body_has = "ringdown_live_calls 0",
       .head_has = "Content-Type: text/plain"},
      {.says = "from elsewhere",
       .request = "GET /metrics",
       .headers = handed_on,
       .status = 401,
       .body_has = "metrics_token"},
      {.says = "with another secret", .request = "GET /metrics", .headers = with_other, .status = 401},
      {.says = "with the token",
       .request = "GET /metrics",
       .headers = with_token,
       .body_has = "# TYPE ringdown_calls_total counter"},
  });
}

TEST_CASE("figures tell how many calls are out, who waits, what rang late, and how old a heartbeat is") {
  DialDesk desk;
  desk.account();
  desk.consent("+12125550101");
  desk.lead("+12125550101");
  desk.consent("+18085550103");
  desk.lead("+18085550103");
  const std::string campaign = desk.campaign();
  desk.ann.post("/api/campaigns/" + campaign + "/start", "", 200);
  desk.engine.run(4s);

  const auto figures = [&] { return desk.house.api().send({.request = "GET /metrics"}).body; };
  CHECK(figures().contains("ringdown_live_calls 1\n"));
  CHECK(figures().contains("ringdown_places{state=\"ready\"} 0\n"));
  CHECK(figures().contains("ringdown_places{state=\"waiting\"} 1\n"));
  CHECK(figures().contains("ringdown_late_rings_total 0\n"));
  CHECK(figures().contains("round=\"dial\"} "));

  const std::string call = text_in(desk.ann.get("/api/calls"), "id");
  desk.ann.post("/api/calls/" + call + "/cancel", "", 200);
  desk.tell(call, Ringing{desk.house.clock().now()});
  CHECK(figures().contains("ringdown_late_rings_total 1\n"));
}
