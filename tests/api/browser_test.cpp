// What browsers are told, and what other sites may make them do.
#include <doctest/doctest.h>

#include "api/browser.h"
#include "tests/api/notes.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const ApiConfig with_crm{.cors_origins = {"https://crm.example.com", "http://localhost:5173"}};

ApiScenario posts(std::string says, Headers headers, int status) {
  return {.says = std::move(says),
          .request = "POST /api/notes/queue",
          .as = at_home("owner"),
          .headers = std::move(headers),
          .status = status,
          .body_has = status == 403 ? "this request comes from another site" : "later"};
}

}  // namespace

TEST_CASE("every answer carries the security headers, whatever it says") {
  ApiServer api = note_server();
  const std::vector<ApiScenario> all = {
      {.request = "GET /api/me", .as = somebody("rep")}, {.request = "GET /api/me", .status = 401},
      {.request = "GET /api/nothing", .status = 404},    {.request = "POST /api/me", .status = 405},
      {.request = "OPTIONS /api/me", .status = 204},     {.request = "GET /api/break/bug", .status = 500},
  };
  for (const ApiScenario& scenario : all) {
    const ApiAnswer answer = api.expect(scenario);
    CHECK(answer.header("Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'");
    CHECK(answer.header("X-Content-Type-Options") == "nosniff");
    CHECK(answer.header("Referrer-Policy") == "same-origin");
    CHECK(answer.header("Cross-Origin-Opener-Policy") == "same-origin");
    CHECK(answer.header("Cross-Origin-Resource-Policy") == "same-origin");
    CHECK(answer.header("Cache-Control") == "no-store");
    CHECK_FALSE(answer.headers.find("Strict-Transport-Security"));
  }
}

TEST_CASE("a page may load what is ours, and run no script that stands in it") {
  ApiServer api = note_server();
  const std::string policy =
      api.expect({.says = "page", .request = "GET /page"}).header("Content-Security-Policy");

  CHECK(policy.starts_with("default-src 'self'; "));
  CHECK(policy.contains("frame-ancestors 'none'"));
  CHECK_FALSE(policy.contains("unsafe"));
}

TEST_CASE("under TLS a browser is told to stay there") {
  Response response;
  add_security_headers(response, {.secure = true});

  CHECK(response.headers.find("Strict-Transport-Security") == "max-age=31536000");
}

TEST_CASE("scripts of listed origins may read answers; of others not") {
  ApiServer api = note_server(with_crm);
  api.expect_all({
      {.says = "listed",
       .request = "GET /api/me",
       .as = somebody("rep"),
       .headers = {{"Origin", "https://crm.example.com"}},
       .head_has = "Access-Control-Allow-Origin: https://crm.example.com",
       .head_lacks = "Access-Control-Allow-Credentials"},
      {.says = "listed, with an error",
       .request = "GET /api/me",
       .headers = {{"Origin", "http://localhost:5173"}},
       .status = 401,
       .head_has = "Access-Control-Allow-Origin: http://localhost:5173"},
      {.says = "caches keep the origins apart",
       .request = "GET /api/me",
       .status = 401,
       .head_has = "Vary: Origin"},
  });
  for (const char* origin : {"https://evil.example", "https://crm.example.com.evil.example", "null",
                             "http://crm.example.com", "https://crm.example.com:444"}) {
    api.expect({.says = "not listed",
                .request = "GET /api/me",
                .as = somebody("rep"),
                .headers = {{"Origin", origin}},
                .head_lacks = "Access-Control-Allow-Origin"});
  }
}

TEST_CASE("a preflight is answered for listed origins, with what the path takes") {
  ApiServer api = note_server(with_crm);
  const auto preflight = [](std::string origin, int status, std::string head_has) {
    return ApiScenario{.says = "preflight of " + origin,
                       .request = "OPTIONS /api/notes",
                       .headers = {{"Origin", origin}, {"Access-Control-Request-Method", "POST"}},
                       .status = status,
                       .head_has = std::move(head_has)};
  };
  api.expect(
      preflight("https://crm.example.com", 204, "Access-Control-Allow-Methods: GET, HEAD, POST, OPTIONS"));
  api.expect(
      preflight("https://crm.example.com", 204, "Access-Control-Allow-Origin: https://crm.example.com"));
  api.expect(
      preflight("https://crm.example.com", 204, "Access-Control-Allow-Headers: Authorization, Content-Type"));
  ApiScenario refused = preflight("https://evil.example", 403, "");
  refused.head_lacks = "Access-Control-Allow";
  api.expect(refused);
}

TEST_CASE("without a list there is no word of other origins") {
  ApiServer api = note_server();
  api.expect({.says = "no list",
              .request = "GET /api/me",
              .headers = {{"Origin", "https://crm.example.com"}},
              .status = 401,
              .head_lacks = "Vary"});
}

TEST_CASE("with a cookie, only our own pages may change something") {
  ApiServer api = note_server(with_crm);
  api.expect_all({
      posts("our page", {{"Sec-Fetch-Site", "same-origin"}}, 202),
      posts("typed in", {{"Sec-Fetch-Site", "none"}}, 202),
      posts("another site", {{"Sec-Fetch-Site", "cross-site"}}, 403),
      posts("a sister site", {{"Sec-Fetch-Site", "same-site"}}, 403),
      posts("the browser's word beats the origin's",
            {{"Sec-Fetch-Site", "cross-site"}, {"Origin", "http://dialer.test"}}, 403),
      posts("an older browser, our page", {{"Origin", "http://dialer.test"}}, 202),
      posts("an older browser, another site", {{"Origin", "http://evil.example"}}, 403),
      posts("an older browser, another scheme", {{"Origin", "https://dialer.test"}}, 403),
      posts("an older browser, no origin to tell", {{"Origin", "null"}}, 403),
      posts("a listed origin has keys, not cookies", {{"Origin", "https://crm.example.com"}}, 403),
      posts("a browser that says nothing", {{"User-Agent", "Mozilla/5.0"}}, 403),
      posts("a browser that shows itself by its page", {{"Referer", "http://dialer.test/"}}, 403),
      posts("a browser that shows itself by its language", {{"Accept-Language", "de"}}, 403),
      posts("no browser", {{"User-Agent", "curl/8"}}, 202),
  });
}

TEST_CASE("the configured address is our origin, whatever the request calls us") {
  ApiServer api = note_server({.public_url = "https://Dialer.example.com"});
  api.expect_all({
      posts("our page", {{"Origin", "https://dialer.example.com"}}, 202),
      posts("another name for us", {{"Origin", "http://dialer.test"}}, 403),
  });
}

TEST_CASE("without a cookie, or without a change, it does not matter where a request comes from") {
  ApiServer api = note_server();
  const Headers cross{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}};
  api.expect_all({
      {.says = "reading", .request = "GET /api/me", .as = at_home("rep"), .headers = cross},
      {.says = "a key",
       .request = "POST /api/notes",
       .as = key_with("import"),
       .headers = cross,
       .body = R"({"text":"milk"})",
       .status = 201},
      {.says = "a key beside a cookie",
       .request = "POST /api/notes",
       .as = key_with("import"),
       .headers = {{"Sec-Fetch-Site", "cross-site"}, {"Cookie", "as=owner"}},
       .body = R"({"text":"milk"})",
       .status = 201},
      {.says = "an open route without a cookie", .request = "POST /api/sign-in", .headers = cross},
      {.says = "an open route with a cookie",
       .request = "POST /api/sign-in",
       .as = at_home("rep"),
       .headers = cross,
       .status = 403},
  });
}
