#include "api/cookies.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

RequestHead with_cookies(const std::string& text, bool secure) {
  return {.headers = {{"Cookie", text}}, .secure = secure};
}

}  // namespace

TEST_CASE("a cookie is found by its whole name") {
  const auto request = with_cookies("a=1; ringdown_session=abc=; b=2", false);

  CHECK(find_cookie(request, "ringdown_session") == "abc=");
  CHECK_FALSE(find_cookie(request, "session"));
  CHECK_FALSE(find_cookie(request, "ringdown"));
}

TEST_CASE("under TLS only the cookie that this very host has set counts") {
  CHECK_FALSE(find_cookie(with_cookies("ringdown_session=tossed", true), "ringdown_session"));
  CHECK(find_cookie(with_cookies("__Host-ringdown_session=own", true), "ringdown_session") == "own");
  CHECK_FALSE(find_cookie(with_cookies("__Host-ringdown_session=own", false), "ringdown_session"));
}

TEST_CASE("cookies keep away from scripts and other sites") {
  CHECK(cookie_header({.secure = true}, "ringdown_session", "x", 1h).value ==
        "__Host-ringdown_session=x; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure");
  CHECK(cookie_header({.secure = false}, "ringdown_session", "", 0s).value ==
        "ringdown_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
}
