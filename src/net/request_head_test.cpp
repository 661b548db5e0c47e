#include "net/request_head.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

int status_of(std::string_view raw, const HeadLimits& limits = {}) {
  const auto head = check_head(raw, limits);
  return head ? 200 : head.error().status;
}

std::string with_header(std::string_view line) {
  return "GET /a HTTP/1.1\r\nHost: a.example\r\n" + std::string(line) + "\r\n\r\n";
}

std::string with_target(std::string_view target) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a.example\r\n\r\n";
}

std::string bytes(std::string_view text) {
  return std::string(text);
}

}  // namespace

TEST_CASE("a request's head is taken apart") {
  const auto head = check_head(
      "POST /a%20b/c?x=1&y HTTP/1.1\r\nHost: a.example:8080\r\nX-Two:  one \t\r\n"
      "x-two: two\r\nContent-Length: 12\r\nExpect: 100-Continue\r\n\r\n",
      {});

  REQUIRE(head);
  CHECK(head->request.verb == Verb::post);
  CHECK(head->request.target == "/a%20b/c?x=1&y");
  CHECK(head->request.path == "/a b/c");
  CHECK(head->request.query == "x=1&y");
  CHECK(head->request.headers.all("X-TWO") == std::vector<std::string_view>{"one", "two"});
  CHECK(head->framing == Framing::length);
  CHECK(head->length == 12);
  CHECK(head->keep_alive);
  CHECK(head->expects_continue);
}

TEST_CASE("a connection is kept as the client asks, and never under HTTP/1.0") {
  CHECK(check_head(with_header("X: y"), {})->keep_alive);
  CHECK_FALSE(check_head(with_header("Connection: upgrade , CLOSE"), {})->keep_alive);
  CHECK_FALSE(check_head("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", {})->keep_alive);
}

TEST_CASE("what two servers could read in two ways is refused") {
  struct Case {
    const char* says;
    std::string raw;
    int status;
  };
  const Case cases[] = {
      {"a plain request", with_header("X: y"), 200},
      {"chunked in any case", with_header("Transfer-Encoding: Chunked"), 200},
      {"length and chunked", with_header("Content-Length: 3\r\nTransfer-Encoding: chunked"), 400},
      {"two lengths", with_header("Content-Length: 3\r\nContent-Length: 4"), 400},
      {"two equal lengths", with_header("Content-Length: 3\r\nContent-Length: 3"), 400},
      {"a list of lengths", with_header("Content-Length: 3, 3"), 400},
      {"a signed length", with_header("Content-Length: +3"), 400},
      {"a negative length", with_header("Content-Length: -3"), 400},
      {"a length with a blank", with_header("Content-Length: 1 3"), 400},
      {"a hex length", with_header("Content-Length: 0x3"), 400},
      {"an empty length", with_header("Content-Length:"), 400},
      {"a length beyond 64 bits", with_header("Content-Length: 18446744073709551616"), 400},
      {"another coding", with_header("Transfer-Encoding: gzip, chunked"), 501},
      {"chunked twice in one", with_header("Transfer-Encoding: chunked, chunked"), 501},
      {"chunked twice", with_header("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), 400},
      {"a coding like chunked", with_header("Transfer-Encoding: xchunked"), 501},
      {"an empty coding", with_header("Transfer-Encoding:"), 501},
      {"a coding hidden behind a vertical tab",
       with_header("Transfer-Encoding: \x0b"
                   "chunked"),
       400},
      {"a coding under HTTP/1.0", "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"a folded header", with_header("X: y\r\n z: 1"), 400},
      {"a first header that is folded", "GET / HTTP/1.1\r\n Host: a.example\r\n\r\n", 400},
      {"a blank before the colon", with_header("Content-Length : 3"), 400},
      {"a header without a name", with_header(": y"), 400},
      {"a header without a colon", with_header("nonsense"), 400},
      {"a header name with a foreign character", with_header("X(y): z"), 400},
      {"a NUL in a value", with_header(bytes({"X: a\0b", 6})), 400},
      {"a NUL in a name", with_header(bytes({"X\0: ab", 6})), 400},
      {"a control character in a value", with_header("X: a\x01"), 400},
      {"a bare CR in a value", with_header("X: a\rY: b"), 400},
      {"a bare LF in a value", with_header("X: a\nY: b"), 400},
      {"a value that is not UTF-8", with_header("X: \xff"), 400},
      {"a value in UTF-8", with_header("X: \xc3\xa9"), 200},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"no host under HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 200},
      {"two hosts", with_header("Host: b.example"), 400},
      {"an empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
      {"a host with a path", "GET / HTTP/1.1\r\nHost: a.example/x\r\n\r\n", 400},
      {"a host with a user", "GET / HTTP/1.1\r\nHost: u@a.example\r\n\r\n", 400},
      {"a host with a bad port", "GET / HTTP/1.1\r\nHost: a.example:99999\r\n\r\n", 400},
      {"a host in brackets", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 200},
      {"two authorizations", with_header("Authorization: a\r\nAuthorization: b"), 400},
      {"an unknown expectation", with_header("Expect: tea"), 417},
      {"HTTP/0.9", "GET /\r\n\r\n", 400},
      {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
      {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
      {"http in small letters", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
      {"a blank after the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400},
      {"two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a tab for a blank", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a leading blank", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"an unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
      {"a method in small letters", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
      {"a method that is none", "G@T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 501},
      {"OPTIONS of the server", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 200},
      {"GET of the server", with_target("*"), 400},
      {"a whole URL of the same host", with_target("http://A.example/x?y"), 200},
      {"a whole URL without a path", with_target("http://a.example"), 200},
      {"a whole URL of another host", with_target("http://b.example/x"), 400},
      {"a URL of another scheme", with_target("ftp://a.example/x"), 400},
      {"a target that is no path", with_target("a.example/x"), 400},
      {"a fragment", with_target("/a#b"), 400},
      {"an 8-bit character", with_target("/\xc3\xa9"), 400},
      {"a DEL", with_target("/\x7f"), 400},
      {"an escaped NUL", with_target("/a%00b"), 400},
      {"an escaped line end", with_target("/a%0d%0ab"), 400},
      {"a bad escape", with_target("/a%zz"), 400},
      {"an escape that is cut", with_target("/a%4"), 400},
      {"an escaped slash", with_target("/a%2fb"), 400},
      {"a backslash", with_target("/a\\b"), 400},
      {"a dot segment", with_target("/a/../b"), 400},
      {"an escaped dot segment", with_target("/a/%2e%2E/b"), 400},
      {"a single dot", with_target("/./b"), 400},
      {"an empty segment", with_target("/a//b"), 400},
      {"a host in the path", with_target("//b.example/x"), 400},
      {"a slash at the end", with_target("/a/"), 200},
      {"a path that is not UTF-8", with_target("/%ff"), 400},
  };

  for (const Case& row : cases) {
    CAPTURE(row.says);
    CHECK(status_of(row.raw) == row.status);
  }
}

TEST_CASE("a head has bounds on bytes, headers and target") {
  const HeadLimits small{.bytes_max = 200, .target_bytes_max = 20, .headers_max = 2};

  CHECK(status_of(with_header("X: y"), small) == 200);
  CHECK(status_of(with_header("X: y\r\nY: z"), small) == 431);
  CHECK(status_of(with_header("X: " + std::string(200, 'y')), small) == 431);
  CHECK(status_of(with_target("/" + std::string(20, 'a')), small) == 414);
}

TEST_CASE("a head is complete at its empty line, and not before") {
  const std::string raw = with_header("X: y");

  for (std::size_t size = 0; size < raw.size(); ++size) {
    CAPTURE(size);
    CHECK(head_length(raw.substr(0, size), 0, {}) == 0);
    CHECK(head_length(raw + "GET", size, {}) == raw.size());
  }
}

TEST_CASE("what can never become a head is refused before its end") {
  const auto early = [](std::string_view arrived) {
    const auto length = head_length(arrived, 0, HeadLimits{.bytes_max = 100});
    return length ? static_cast<int>(*length) : length.error().status;
  };

  CHECK(early("GET / HTTP/1.1\n") == 400);
  CHECK(early("\r\n") == 400);
  CHECK(early("GET /\r\n") == 400);
  CHECK(early("GET / HTTP/1.1\r\nHost: a\n\n") == 400);
  CHECK(early("GET / HTTP/3.0\r\nHost") == 505);
  CHECK(early(std::string(100, 'a')) == 414);
  CHECK(early("GET / HTTP/1.1\r\n" + std::string(100, 'a')) == 431);
}
