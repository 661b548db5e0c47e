// Which route a request means, and who may use it.
#include <doctest/doctest.h>

#include "tests/api/notes.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

Task<Result<Done>> nothing(Asked&) {
  co_return Done{};
}

Task<Result<Done>> one_part(Asked&, Path<std::string>) {
  co_return Done{};
}

struct NoServer {
  TestClock clock;
  SystemChance chance;
  FreshStore store{StoreKind::sqlite_memory};
  std::unique_ptr<Db> db = store.open();
  ApiConfig config;
  Api api{.db = *db, .clock = clock, .chance = chance, .config = config};
};

}  // namespace

TEST_CASE("what is not there is not found, with or without a slash at its end") {
  ApiServer api = note_server();
  api.expect_all({
      {.says = "no route",
       .request = "GET /api/nothing",
       .status = 404,
       .body_has = "there is nothing here\""},
      {.says = "the root", .request = "GET /", .status = 404, .body_has = "there is nothing here\""},
      {.says = "half a path", .request = "GET /api", .status = 404},
      {.says = "more than a path", .request = "GET /api/me/too", .as = somebody("rep"), .status = 404},
      {.says = "a slash too many",
       .request = "GET /api/me/",
       .as = somebody("rep"),
       .status = 404,
       .body_has = "leave the slash at the end out"},
      {.says = "a slash in place of a part",
       .request = "GET /api/notes/",
       .as = somebody("rep"),
       .status = 404},
      {.says = "other capitals", .request = "GET /API/me", .as = somebody("rep"), .status = 404},
  });
}

TEST_CASE("a word in a path wins over a part that may be anything") {
  ApiServer api = note_server();
  api.expect_all({
      {.says = "the word", .request = "GET /api/notes/plain", .as = somebody("owner"), .body_has = "[1,2,3]"},
      {.says = "the word, escaped",
       .request = "GET /api/notes/pl%61in",
       .as = somebody("owner"),
       .body_has = "[1,2,3]"},
      {.says = "the word, whose routes take other methods",
       .request = "DELETE /api/notes/plain",
       .as = somebody("owner"),
       .status = 405},
  });
}

TEST_CASE("a method that a path does not take is refused, with those it takes") {
  ApiServer api = note_server();
  api.expect_all({
      {.says = "another method",
       .request = "DELETE /api/notes",
       .as = somebody("owner"),
       .status = 405,
       .body_has = "use one of GET, HEAD, POST, OPTIONS",
       .head_has = "Allow: GET, HEAD, POST, OPTIONS"},
      {.says = "HEAD without a GET",
       .request = "HEAD /api/sign-in",
       .status = 405,
       .head_has = "Allow: POST, OPTIONS"},
      {.says = "OPTIONS",
       .request = "OPTIONS /api/notes",
       .status = 204,
       .head_has = "Allow: GET, HEAD, POST, OPTIONS"},
      {.says = "OPTIONS of nothing", .request = "OPTIONS /api/nothing", .status = 404},
  });
}

TEST_CASE("HEAD answers as GET does, without the body") {
  ApiServer api = note_server();
  const ApiAnswer answer = api.expect(
      {.says = "HEAD", .request = "HEAD /api/notes?limit=3", .as = somebody("rep"), .body_lacks = "limit"});
  CHECK(answer.header("Content-Length") == "58");
  api.expect({.says = "HEAD by nobody", .request = "HEAD /api/notes", .status = 401});
}

TEST_CASE("every kind of caller meets every kind of route") {
  struct Cell {
    Person as;
    std::vector<int> statuses;
  };
  const std::vector<std::string> requests = {"POST /api/notes/import",        // open
                                             "GET /api/me",                   // user
                                             "GET /api/notes",                // rep, keys that read
                                             "POST /api/notes",               // rep, keys that import
                                             "GET /api/notes/" + note_id,     // rep, no key
                                             "DELETE /api/notes/" + note_id,  // admin
                                             "GET /api/notes/plain"};         // owner
  const std::vector<Cell> matrix = {
      {nobody, {202, 401, 401, 401, 401, 401, 401}},
      {somebody("stranger"), {202, 401, 401, 401, 401, 401, 401}},
      {somebody("expired"), {202, 401, 401, 401, 401, 401, 401}},
      {somebody("guest"), {202, 200, 403, 403, 403, 403, 403}},
      {somebody("rep"), {202, 200, 200, 201, 200, 403, 403}},
      {at_home("rep"), {202, 200, 200, 201, 200, 403, 403}},
      {somebody("admin"), {202, 200, 200, 201, 200, 200, 403}},
      {somebody("owner"), {202, 200, 200, 201, 200, 200, 200}},
      {key_with("read"), {202, 403, 200, 403, 403, 403, 403}},
      {key_with("import+dial"), {202, 403, 403, 201, 403, 403, 403}},
      {key_with("admin"), {202, 403, 200, 201, 403, 403, 403}},
  };
  ApiServer api = note_server();

  for (const Cell& cell : matrix) {
    for (std::size_t i = 0; i < requests.size(); ++i) {
      const bool makes = requests[i] == "POST /api/notes";
      api.expect({.says = "matrix",
                  .request = requests[i],
                  .as = cell.as,
                  .body = makes ? R"({"text":"milk"})" : "",
                  .status = cell.statuses[i]});
    }
  }
}

TEST_CASE("a caller has a user everywhere and a workspace where a role is asked for") {
  ApiServer api = note_server();
  api.expect_all({
      {.says = "a guest is somebody",
       .request = "GET /api/me",
       .as = somebody("guest"),
       .body_has = to_text(nth<UserTag>(1)),
       .body_lacks = "workspace"},
      {.says = "a rep is somewhere",
       .request = "GET /api/here",
       .as = somebody("rep"),
       .body_has = to_text(nth<WorkspaceTag>(1))},
      {.says = "nobody is told how to become somebody",
       .request = "GET /api/here",
       .status = 401,
       .body_has = "nobody is signed in; sign in or send an API key"},
      {.says = "an old session is told so",
       .request = "GET /api/here",
       .as = somebody("expired"),
       .status = 401,
       .body_has = "this session is over"},
  });
}

TEST_CASE("who may not use a route is told so before the body is looked at") {
  ApiServer api = note_server();
  api.expect_all({
      {.says = "nobody", .request = "POST /api/notes", .body = "nonsense", .status = 401},
      {.says = "a key",
       .request = "POST /api/notes",
       .as = key_with("read"),
       .body = "nonsense",
       .status = 403},
  });
}

TEST_CASE("a limited route asks the throttle, with its limit") {
  ApiServer api = note_server();
  api.expect_all({
      {.says = "within", .request = "POST /api/sign-in"},
      {.says = "beyond",
       .request = "POST /api/sign-in",
       .headers = {{"X-Again", "1"}},
       .status = 429,
       .body_has = "login: at most 10",
       .head_has = "Retry-After: 900"},
      {.says = "unlimited", .request = "GET /api/me", .as = somebody("rep"), .headers = {{"X-Again", "1"}}},
  });
}

TEST_CASE("tables that contradict themselves do not become an API") {
  NoServer none;
  const auto fits = [&](RouteTable table) {
    const Router router(none.api, {std::move(table)});
    return true;
  };

  CHECK(fits({route(Verb::get, "/a", "", Access::open, nothing),
              route(Verb::post, "/a", "", Access::open, nothing)}));
  CHECK_THROWS_AS(fits({route(Verb::get, "/a", "", Access::open, nothing),
                        route(Verb::get, "/a", "", Access::open, nothing)}),
                  Breakage);
  CHECK_THROWS_AS(fits({route(Verb::get, "/{a}", "", Access::open, one_part),
                        route(Verb::post, "/{b}", "", Access::open, one_part)}),
                  Breakage);
  CHECK_THROWS_AS(route(Verb::get, "/a", "", Access::open, one_part), Breakage);
  CHECK_THROWS_AS(route(Verb::get, "/a", "", Access::owner, nothing).key(KeyScope::admin), Breakage);
  CHECK_THROWS_AS(route(Verb::get, "a", "", Access::open, nothing), Breakage);
}
