#include "tests/api/dial_desk.h"

#include <doctest/doctest.h>

#include "flow/record.h"
#include "store/calls.h"

namespace ringdown::test {

DialDesk::DialDesk(StoreKind store)
    : house(store),
      ann(first_owner(house)),
      clinic(WorkspaceId{*parse_uuid(text_in(ann.get("/api/auth/me"), "workspace"))}),
      engine(house.engine(), house.clock()) {
  ann.send("PUT /api/settings", R"({"timezone":"America/New_York"})", 200);
  engine.settle();
}

std::string DialDesk::expect(const Row& row) {
  CAPTURE(row.says);
  house.clock().advance(1ms);  // ids of the same moment have no order
  const std::string body = ann.send(row.request, row.body, row.status).body;
  for (const std::string& one : row.has) CHECK_MESSAGE(body.contains(one), one, " is not in ", body);
  for (const std::string& one : row.lacks) CHECK_MESSAGE(!body.contains(one), one, " is in ", body);
  return body;
}

void DialDesk::expect_all(const std::vector<Row>& rows) {
  for (const Row& row : rows) expect(row);
}

std::string DialDesk::account(const std::string& more) {
  house.clock().advance(1ms);
  return text_in(ann.post("/api/carrier-accounts",
                          R"({"name":"Front desk","caller_ids":["(212) 555-0199"])" + more + "}", 201),
                 "id");
}

std::string DialDesk::lead(const std::string& phone, const std::string& more) {
  house.clock().advance(1ms);
  return text_in(ann.post("/api/leads", R"({"phone":")" + phone + "\"" + more + "}", 201), "id");
}

std::string DialDesk::campaign(const std::string& more) {
  house.clock().advance(1ms);
  return text_in(ann.post("/api/campaigns", R"({"name":"Recall","purpose":"information")" + more + "}", 201),
                 "id");
}

void DialDesk::consent(const std::string& phone, const std::string& method) {
  house.clock().advance(1ms);
  ann.post("/api/consents",
           R"({"phone":")" + phone + R"(","method":")" + method +
               R"(","text_shown":"You may call me","given_at":"2026-01-02T10:00:00Z",)"
               R"("scope":"marketing","written":true,"ai_named":true})",
           201);
}

void DialDesk::tell(const std::string& call, CallEvent event) {
  const CallId id{*parse_uuid(call)};
  REQUIRE(await(flow::record(house.engine(), clinic, id, {}, std::move(event))));
}

std::string DialDesk::call_of(const std::string& lead) {
  return text_in(ann.get("/api/calls?lead=" + lead), "id");
}

Time DialDesk::calling_now() {
  return await(house.api().db().read(clinic, [](Tx& tx) { return store::calling_clock(tx); }))
      .calling(house.clock().now());
}

}  // namespace ringdown::test
