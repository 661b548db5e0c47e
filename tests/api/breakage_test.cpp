// What a client and the log hear when something breaks.
#include <doctest/doctest.h>

#include "tests/api/notes.h"
#include "tests/support/log_capture.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

std::size_t lines_with(const std::string& text, std::string_view word) {
  std::size_t count = 0;
  for (std::string_view line : split(text, '\n')) count += line.contains(word) ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("a client hears that something broke, not what") {
  ApiServer api = note_server();
  const LogCapture log(log::Level::info);
  for (const auto& [how, status, code] : {std::tuple{"away", 503, "unavailable"},
                                          {"unknown", 503, "commit_unknown"},
                                          {"bug", 500, "internal"},
                                          {"foreign", 500, "internal"},
                                          {"odd", 500, "internal"},
                                          {"value", 500, "internal"}}) {
    const ApiAnswer answer = api.expect({.says = how,
                                         .request = "GET /api/break/" + std::string(how),
                                         .status = status,
                                         .body_has = R"("code":")" + std::string(code) + "\"",
                                         .body_lacks = "notes"});
    CHECK_FALSE(answer.body.contains("ann"));
  }
}

TEST_CASE("the log has a breakage once, under the id of the answer, without anything personal") {
  ApiServer api = note_server();
  const LogCapture log(log::Level::info);
  const ApiAnswer answer = api.expect({.says = "a bug", .request = "GET /api/break/bug", .status = 500});

  const std::string text = log.text();
  CHECK(lines_with(text, answer.header("X-Request-Id")) == 1);
  CHECK(text.contains("a request broke"));
  CHECK(text.contains("method=GET route=/api/break/{how} reason=internal"));
  CHECK(text.contains("broke table notes"));
  CHECK_FALSE(text.contains("ann@"));
  CHECK_FALSE(text.contains("0101"));
}

TEST_CASE("breakage while finding out who asks is caught as well") {
  ApiServer api = note_server();
  const LogCapture log(log::Level::info);
  api.expect({.says = "no store",
              .request = "GET /api/me",
              .as = somebody("unlucky"),
              .status = 503,
              .body_has = "nothing was done",
              .body_lacks = "unlucky"});
  CHECK(log.text().contains("route=/api/me reason=unavailable"));
}

TEST_CASE("news of a part that is away is told as it is, and no breakage") {
  ApiServer api = note_server();
  const LogCapture log(log::Level::info);
  api.expect({.says = "busy",
              .request = "GET /api/break/busy",
              .status = 503,
              .body_has = "the line is busy; try again"});
  CHECK(log.text().empty());
}

TEST_CASE("at debug level every request has its line: the route's pattern, never the path or the query") {
  ApiServer api = note_server();
  const LogCapture log(log::Level::debug);
  const ApiAnswer found =
      api.expect({.says = "found", .request = "GET /api/notes/" + note_id, .as = somebody("rep")});
  const ApiAnswer lost = api.expect({.says = "lost", .request = "GET /secret/place?q=word", .status = 404});

  const std::string text = log.text();
  CHECK(text.contains("request=" + found.header("X-Request-Id") +
                      " method=GET route=/api/notes/{id} status=200 micros=0"));
  CHECK(
      text.contains("request=" + lost.header("X-Request-Id") + " method=GET route=none status=404 micros=0"));
  CHECK_FALSE(text.contains(note_id));
  CHECK_FALSE(text.contains("secret"));
  CHECK_FALSE(text.contains("word"));
  CHECK(lines_with(text, "debug") == 2);
}
