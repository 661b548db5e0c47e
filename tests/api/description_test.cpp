// /api/openapi.json says what the routes do, and the judge that the other tests rely on notices when it does
// not.
#include <doctest/doctest.h>

#include <algorithm>

#include "api/health.h"
#include "tests/api/notes.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

std::string description_of(ApiServer& api) {
  return api.expect({.says = "description", .request = "GET /api/openapi.json"}).body;
}

ApiAnswer answer(int status, std::string body) {
  return {status,
          {{"X-Request-Id", "1"},
           {"X-Content-Type-Options", "nosniff"},
           {"Cache-Control", "no-store"},
           {"Content-Type", "application/json"}},
          std::move(body)};
}

}  // namespace

TEST_CASE("the description has every route once, and itself") {
  ApiServer api = note_server({.version = "1.2.3"});
  const std::string description = description_of(api);

  CHECK(description.starts_with(
      R"({"openapi":"3.1.0","info":{"title":"Ringdown","version":"1.2.3"},"paths":{)"));
  CHECK(api.judge().operations() == note_routes.size() + 1);
}

TEST_CASE("an operation tells its parameters, body, answers and access") {
  ApiServer api = note_server();
  const std::string description = description_of(api);
  const auto says = [&](std::string_view text) {
    CAPTURE(text);
    CHECK(description.contains(text));
  };

  says(
      R"("put":{"operationId":"put_api_notes_id","summary":"Another note","tags":["notes"],"parameters":[)"
      R"({"name":"id","in":"path","required":true,"schema":{"type":"string","format":"uuid"}},)"
      R"({"name":"limit","in":"query","required":false,"schema":{"type":"integer","format":"int32","minimum":1,"maximum":200}},)");
  says(
      R"({"$ref":"#/components/parameters/Workspace"}],"requestBody":{"required":true,"content":{"application/json":)"
      R"({"schema":{"$ref":"#/components/schemas/NewNote"}}}},)");
  says(
      R"("responses":{"200":{"description":"OK","content":{"application/json":{"schema":{"type":"object","properties":)"
      R"({"success":{"const":true},"data":{"$ref":"#/components/schemas/Note"}},)"
      R"("required":["success","data"],"additionalProperties":false}}}},"default":{"$ref":"#/components/responses/Error"}})");
  says(R"("security":[{"session":[]},{"bearer":[]}],"x-access":{"role":"rep","key_scope":"import"})");
  says(R"("security":[{"session":[]},{"bearer":[]}],"x-access":{"role":"owner"})");
  says(R"("security":[],"x-access":{"role":"open"})");
  says(R"("2XX":{"description":"As it is","content":{"text/csv":{}}})");
  says(R"("201":{"description":"Created")");
  says(R"("202":{"description":"Accepted")");
  says(R"("securitySchemes":{"session":{"type":"apiKey","in":"cookie","name":"ringdown_session")");
}

TEST_CASE("the routes of the product describe themselves, and keep to it") {
  for (const StoreKind store : {StoreKind::sqlite_memory, StoreKind::postgres}) {
    ApiServer api({.tables = {health_routes}, .store = store});
    api.expect_all({
        {.says = "alive",
         .request = "GET /healthz",
         .body_has = R"({"success":true,"data":{"status":"ok"}})"},
        {.says = "ready", .request = "GET /readyz", .body_has = R"("migration":"0)"},
        {.says = "described", .request = "GET /api/openapi.json"},
    });
    CHECK(api.judge().unseen().empty());
  }
}

TEST_CASE("the judge sees an answer that is not as described") {
  ApiServer api = note_server();
  ApiJudge& judge = api.judge();
  const auto complaint = [&](std::string_view verb, std::string_view path, const ApiAnswer& given) {
    return judge.complaint(verb, path, given);
  };
  const std::string error = R"({"success":false,"error":{"code":"c","message":"m","id":"1"}})";

  CHECK(complaint("GET", "/api/notes/plain", answer(200, "[1]")).empty());
  CHECK(complaint("GET", "/api/notes/plain", answer(200, R"(["1"])")).contains("not as described"));
  CHECK(complaint("GET", "/api/notes/plain", answer(201, "[1]")).contains("this status is not described"));
  CHECK(complaint("GET", "/api/notes/export", answer(200, "a,b"))
            .contains("this content type is not described"));
  CHECK(complaint("GET", "/api/other", answer(200, "{}")).contains("what is not described"));
  CHECK(
      complaint("DELETE", "/api/notes/1", answer(200, R"({"success":false})")).contains("not as described"));
  CHECK(complaint("GET", "/api/other", answer(404, error)).empty());
  CHECK(complaint("GET", "/api/other", answer(404, "{}")).contains("not the shape of an error"));

  CHECK(std::ranges::count(judge.unseen(), "get /api/notes/plain") == 0);
  CHECK(std::ranges::count(judge.unseen(), "get /api/notes") == 1);

  ApiAnswer other_id = answer(404, error);
  other_id.headers.set("X-Request-Id", "2");
  CHECK(complaint("GET", "/api/other", other_id).contains("id is not"));
  for (const char* header : {"X-Request-Id", "X-Content-Type-Options", "Cache-Control"}) {
    ApiAnswer bare = answer(200, "[1]");
    bare.headers.set(header, "");
    CHECK_FALSE(complaint("GET", "/api/notes/plain", bare).empty());
  }
}
