// Our numbers as those who are called see them: how often each may call.
#include <doctest/doctest.h>

#include "tests/api/dial_desk.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

void ask_for(DialDesk& desk, const std::string& phone) {
  desk.consent(phone);
  desk.ann.post("/api/queue/schedule-call", R"({"to":")" + phone + R"(","purpose":"information"})", 202);
}

}  // namespace

TEST_CASE("a number that has made its calls of the hour lets others wait until the hour is over") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    CAPTURE(to_text(store));
    DialDesk desk(store);
    desk.account(R"(,"number_calls_an_hour":2)");
    for (const char* phone : {"+12125550101", "+12125550102", "+12125550103"}) ask_for(desk, phone);

    desk.engine.run(10s);
    CHECK(desk.house.carrier().requests.size() == 2);
    desk.expect({"one waits", "GET /api/calls?status=queued", "", 200, {"+12125550103"}});
    desk.engine.run(59min);
    CHECK(desk.house.carrier().requests.size() == 2);
    desk.engine.run(2min);

    REQUIRE(desk.house.carrier().requests.size() == 3);
    CHECK(desk.house.carrier().requests.back().to == "+12125550103");
  }
}

TEST_CASE("a number without a limit calls whoever is next") {
  DialDesk desk;
  desk.account();
  for (const char* phone : {"+12125550101", "+12125550102", "+12125550103"}) ask_for(desk, phone);

  desk.engine.run(10s);

  CHECK(desk.house.carrier().requests.size() == 3);
}
