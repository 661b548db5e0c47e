#include "net/url.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("a query keeps its order and its duplicates") {
  const auto query = QueryPairs::parse("a=1&b=x+y%20z&a=2&&flag&empty=&e=a=b");

  REQUIRE(query);
  CHECK(query->size() == 6);
  CHECK(query->find("a") == "1");
  CHECK(query->all("a") == std::vector<std::string_view>{"1", "2"});
  CHECK(query->find("b") == "x y z");
  CHECK(query->find("flag") == "");
  CHECK(query->find("empty") == "");
  CHECK(query->find("e") == "a=b");
  CHECK_FALSE(query->find("none"));
}

TEST_CASE("a query with a bad escape, a NUL or bytes that are not UTF-8 is refused") {
  for (const char* text : {"a=%", "a=%4", "a=%4g", "%zz=1", "a=%00", "a=%ff", "a=%c0%af", "a=%ed%a0%80"}) {
    CAPTURE(text);
    CHECK_FALSE(QueryPairs::parse(text));
  }
}

TEST_CASE("escapes are decoded once") {
  CHECK(percent_decoded("100%25%32%35") == "100%25");
  CHECK(percent_decoded("a+b") == "a+b");
  CHECK(percent_decoded("%C3%A9") == "\xc3\xa9");
}

TEST_CASE("what is encoded decodes to itself") {
  const std::string text = "a b/c?d=e&f+g%\xc3\xa9~";

  CHECK(percent_encoded(text) == "a%20b%2Fc%3Fd%3De%26f%2Bg%25%C3%A9~");
  CHECK(percent_decoded(percent_encoded(text)) == text);
}

TEST_CASE("a path has one reading or is refused") {
  CHECK(decoded_path("/") == "/");
  CHECK(decoded_path("/a%20b/c/") == "/a b/c/");
  CHECK(decoded_path("/a...b/.c") == "/a...b/.c");
  for (const char* path : {"", "a", "//", "/a//", "/..", "/a/%2e", "/a%2Fb", "/a%5cb", "/a%7f", "/a%0a"}) {
    CAPTURE(path);
    CHECK_FALSE(decoded_path(path));
  }
}

TEST_CASE("a base URL is taken apart") {
  CHECK(*parse_url("http://a.example") == Url{false, "a.example", 80, "/"});
  CHECK(*parse_url("https://a.example/x?y=1") == Url{true, "a.example", 443, "/x?y=1"});
  CHECK(*parse_url("http://[::1]:8080?y") == Url{false, "::1", 8080, "/?y"});
  CHECK(parse_url("http://[::1]:8080")->authority() == "[::1]:8080");
  CHECK(parse_url("https://a.example:443")->authority() == "a.example");
}

TEST_CASE("a URL that is none is refused") {
  for (const char* url : {"", "a.example", "ftp://a.example", "http://", "http://u@a.example",
                          "http://a.example:0", "http://a.example:70000", "http://a.example:+1",
                          "http://a.example/a b", "http://a/#f", "http://[::1", "http://[zz]"}) {
    CAPTURE(url);
    CHECK_FALSE(parse_url(url));
  }
}

TEST_CASE("a host and a port are told apart") {
  CHECK(parse_host_port("127.0.0.1:8080") == HostPort{"127.0.0.1", 8080});
  CHECK(parse_host_port("[::1]:0") == HostPort{"::1", 0});
  for (const char* text : {"", "a.example", "::1:80", "a.example:", "a.example:x", ":80"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_host_port(text));
  }
}
