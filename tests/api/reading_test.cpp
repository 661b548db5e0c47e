// How path, query and body become values, and what is said about those that do not.
#include <doctest/doctest.h>

#include "tests/api/notes.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

ApiScenario asks(std::string query, std::string body_has, int status = 200) {
  return {.says = "query " + query,
          .request = "GET /api/notes?" + query,
          .as = somebody("rep"),
          .status = status,
          .body_has = std::move(body_has)};
}

ApiScenario refuses(std::string query, std::string message, const std::string& field) {
  ApiScenario scenario =
      asks(std::move(query), message.append(R"(","field":")").append(field).append("\""), 400);
  return scenario;
}

ApiScenario sends(std::string body, std::string body_has, int status = 400) {
  return {.says = "body " + body,
          .request = "POST /api/notes",
          .as = somebody("rep"),
          .body = std::move(body),
          .status = status,
          .body_has = std::move(body_has)};
}

}  // namespace

TEST_CASE("a query's text is read by the types of the struct's members") {
  ApiServer api = note_server();
  api.expect_all({
      asks("", R"({"success":true,"data":{"limit":50,"tags":[],"numbers":[]}})"),
      asks("limit=7", R"("limit":7,)"),
      asks("limit=1e2", R"("limit":100,)"),
      asks("done=true", R"("done":true)"),
      asks("done=false", R"("done":false)"),
      asks("colour=light-blue", R"("colour":"light-blue")"),
      asks("since=2026-01-06T10:00:00%2B02:00", R"("since":"2026-01-06T08:00:00Z")"),
      asks("after=" + note_id, R"("after":")" + note_id),
      asks("weight=-2.5", R"("weight":-2.5)"),
      asks("q=12", R"("q":"12")"),
      asks("q=true", R"("q":"true")"),
      asks("q=a+b%22c", R"("q":"a b\"c")"),
      asks("q=", R"("q":"")"),
      asks("tags=a&limit=3&tags=b", R"("limit":3,"tags":["a","b"])"),
      asks("tag=5", R"("tags":["5"])"),
      asks("numbers=5&numbers=6", R"("numbers":[5,6])"),
  });
}

TEST_CASE("a query that breaks a rule is refused by the name of its field") {
  ApiServer api = note_server();
  api.expect_all({
      refuses("limit=0", "limit: 1 to 200; got 0", "limit"),
      refuses("limit=many", "limit: a whole number is expected; got a text", "limit"),
      refuses("limit=", "limit: a whole number is expected; got a text", "limit"),
      refuses("limit=+5", "limit: a whole number is expected; got a text", "limit"),
      refuses("limit=05", "limit: a whole number is expected; got a text", "limit"),
      refuses("limit=null", "limit: a whole number is expected; got a text", "limit"),
      refuses("limit=99999999999",
              "limit: a whole number from -2147483648 to 2147483647 is expected; got 99999999999", "limit"),
      refuses("done=1", "done: true or false is expected; got a number", "done"),
      refuses("done=yes", "done: true or false is expected; got a text", "done"),
      refuses("colour=blue", R"(colour: one of light-blue, red is expected; got \"blue\")", "colour"),
      refuses("since=yesterday", "since: a moment like 2026-11-20T10:00:00Z is expected", "since"),
      refuses("after=7", "after: a UUID is expected", "after"),
      refuses("q=12345678901", "q: at most 10 characters; got 11", "q"),
      refuses("tags=a&tags=toolong", "tags[1]: 1 to 5 characters; got 7", "tags[1]"),
      refuses("numbers=5&numbers=six", "numbers[1]: a whole number is expected; got a text", "numbers[1]"),
      refuses("limt=5", "limt: unknown field; did you mean limit?", "limt"),
      refuses("limit=5&limit=5", "limit: given twice; keep one", "limit"),
      asks("q=%ff", R"("code":"invalid")", 400),
      asks("q=%0", R"("code":"invalid")", 400),
  });
}

TEST_CASE("a route that takes no query says so, except where its handler reads it") {
  ApiServer api = note_server();
  api.expect_all({
      {.says = "a typed route",
       .request = "GET /api/me?page=2",
       .as = somebody("rep"),
       .status = 400,
       .body_has = R"(page: unknown field; this route takes no query","field":"page")"},
      {.says = "an empty query", .request = "GET /api/me?", .as = somebody("rep")},
      {.says = "a raw route", .request = "GET /api/notes/export?page=2", .body_has = "page=2"},
  });
}

TEST_CASE("the parts of a path are read by their types") {
  ApiServer api = note_server();
  api.expect_all({
      {.says = "an id", .request = "GET /api/notes/" + note_id, .as = somebody("rep"), .body_has = "milk"},
      {.says = "an id in capitals",
       .request = "GET /api/notes/01A1FB9F-AE64-7243-B5DC-959CFC80A6E9",
       .as = somebody("rep"),
       .body_has = note_id},
      {.says = "no id",
       .request = "GET /api/notes/17",
       .as = somebody("rep"),
       .status = 400,
       .body_has = R"(id: a UUID is expected","field":"id")"},
      {.says = "two parts, in their order",
       .request = "GET /api/notes/" + note_id + "/pages/%C3%A9%22%20x",
       .as = somebody("admin"),
       .body_has = R"("page":"é\" x")"},
      {.says = "an id of nothing",
       .request = "GET /api/notes/01a1fb9f-ae64-7243-b5dc-959cfc80a6e0",
       .as = somebody("rep"),
       .status = 404,
       .body_has = R"("code":"not_found","message":"there is no such note")"},
  });
}

TEST_CASE("a body is read strictly, and its culprit named") {
  ApiServer api = note_server();
  api.expect_all({
      sends(R"({"text":"milk","colour":"red"})", R"("text":"milk","colour":"red")", 201),
      sends(R"({"text":"milk","shape":"round"})", R"("field":"shape")"),
      sends(R"({"text":"milk","text":"oil"})", R"("field":"text")"),
      sends(R"({"text":5})", R"(text: a text is expected; got a number","field":"text")"),
      sends(R"({"text":""})", R"(text: 1 to 20 characters; got 0","field":"text")"),
      sends(R"({"text":"milk","numbers":[1,"2"]})", R"("field":"numbers[1]")"),
      sends(R"({"colour":"red"})", R"(text: required, but missing","field":"text")"),
      sends(R"([])", "an object is expected; got a list"),
      sends(R"({"text":)", "the JSON ends before it is complete"),
      sends("text=milk", "this is not JSON"),
      sends("", R"(text: required, but missing","field":"text")"),
      sends(R"({"text":"\u0000"})", R"("field":"text")"),
  });
}

TEST_CASE("path, query and body of one route are read together") {
  ApiServer api = note_server();
  const std::string path = "PUT /api/notes/" + note_id;
  api.expect_all({
      {.says = "all well",
       .request = path + "?limit=3",
       .as = somebody("rep"),
       .body = R"({"text":"oil"})",
       .body_has = R"("text":"oil")"},
      {.says = "a bad query",
       .request = path + "?limit=x",
       .as = somebody("rep"),
       .body = R"({"text":"oil"})",
       .status = 400,
       .body_has = R"("field":"limit")"},
      {.says = "a bad body",
       .request = path,
       .as = somebody("rep"),
       .body = R"({"txt":"oil"})",
       .status = 400,
       .body_has = R"("field":"txt")"},
  });
}

TEST_CASE("a body comes in the route's own media type, or is refused") {
  ApiServer api = note_server();
  const auto sent_as = [](std::string type, int status) {
    return ApiScenario{
        .says = "as " + type,
        .request = "POST /api/notes",
        .as = somebody("rep"),
        .headers = {{"Content-Type", type}},
        .body = R"({"text":"milk"})",
        .status = status,
        .body_has = status == 415 ? "the body must come as Content-Type: application/json" : "milk"};
  };
  api.expect_all({
      sent_as("application/json", 201),
      sent_as("Application/JSON ; charset=utf-8", 201),
      sent_as("text/plain", 415),
      sent_as("application/x-www-form-urlencoded", 415),
      sent_as("application/jsonp", 415),
      sent_as("application/json; charset=latin1", 415),
      sent_as("", 415),
      {.says = "a raw body",
       .request = "POST /api/notes/import",
       .headers = {{"Content-Type", "text/csv"}},
       .body = "a,b",
       .status = 202,
       .body_has = "a,b"},
      {.says = "a raw body of another type",
       .request = "POST /api/notes/import",
       .body = "{}",
       .status = 415},
  });
}

TEST_CASE("a route that takes no body refuses one, but not the empty object that some clients always send") {
  ApiServer api = note_server();
  api.expect_all({
      {.says = "none", .request = "POST /api/notes/queue", .as = somebody("owner"), .status = 202},
      {.says = "an empty one",
       .request = "POST /api/notes/queue",
       .as = somebody("owner"),
       .body = "{}",
       .status = 202},
      {.says = "a full one",
       .request = "POST /api/notes/queue",
       .as = somebody("owner"),
       .body = R"({"a":1})",
       .status = 400,
       .body_has = "this route takes no body"},
  });
}

TEST_CASE("each route bounds its body; what no route takes is not read at all") {
  ApiServer api = note_server();
  const std::string long_text = R"({"text":")" + std::string(200, 'x') + R"("})";
  api.expect_all({
      {.says = "the route's bound",
       .request = "PUT /api/notes/" + note_id,
       .as = somebody("rep"),
       .body = long_text,
       .status = 413,
       .body_has = "larger than the 100 bytes"},
      {.says = "another route",
       .request = "POST /api/notes",
       .as = somebody("rep"),
       .body = long_text,
       .status = 400},
      {.says = "no route", .request = "POST /api/nothing", .body = std::string(2 << 20, 'x'), .status = 404},
  });
}

TEST_CASE("an answer has the status and the shape of its type") {
  ApiServer api = note_server();
  api.expect_all({
      {.says = "Created",
       .request = "POST /api/notes",
       .as = somebody("rep"),
       .body = R"({"text":"milk"})",
       .status = 201,
       .body_has = R"({"success":true,"data":{"id":")",
       .head_has = "Set-Cookie: made=1"},
      {.says = "Accepted", .request = "POST /api/notes/queue", .as = somebody("owner"), .status = 202},
      {.says = "Done",
       .request = "DELETE /api/notes/" + note_id,
       .as = somebody("admin"),
       .body_has = R"({"success":true})"},
      {.says = "Plain", .request = "GET /api/notes/plain", .as = somebody("owner"), .body_has = "[1,2,3]"},
      {.says = "raw, with its own caching",
       .request = "GET /api/notes/export?x",
       .body_has = "x",
       .head_has = "Cache-Control: private",
       .head_lacks = "Cache-Control: no-store"},
      {.says = "the handler's headers stay with its failure",
       .request = "POST /api/notes/" + note_id + "/star",
       .as = somebody("rep"),
       .status = 429,
       .body_has = R"("code":"too_many","message":"seven stars)",
       .head_has = "Retry-After: 7"},
  });
}
