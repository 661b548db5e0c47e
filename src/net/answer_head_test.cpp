#include "net/answer_head.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

std::string head_of(const Response& response, int minor_version = 1, bool close = false) {
  return answer_head(response, frame_of(response, minor_version, close), "today", "id-1");
}

boost::asio::awaitable<void> nothing(Stream&) {
  co_return;
}

}  // namespace

TEST_CASE("an answer says its status, its length and its request's id") {
  CHECK(head_of({.status = 201, .headers = {{"X", "y"}}, .body = "body"}) ==
        "HTTP/1.1 201 Created\r\nDate: today\r\nContent-Length: 4\r\nX-Request-Id: id-1\r\nX: y\r\n\r\n");
}

TEST_CASE("an answer that may have no body announces none") {
  CHECK(head_of({.status = 204, .body = "lost"}) ==
        "HTTP/1.1 204 No Content\r\nDate: today\r\nX-Request-Id: id-1\r\n\r\n");
}

TEST_CASE("a stream is chunked, sized where its size is known, and ended by closing under HTTP/1.0") {
  CHECK(head_of({.stream = nothing}).contains("Transfer-Encoding: chunked\r\nConnection: close\r\n"));
  CHECK(head_of({.stream = nothing, .stream_bytes = 7}).contains("Content-Length: 7\r\nX-Request-Id"));
  CHECK_FALSE(head_of({.stream = nothing}, 0).contains("chunked"));
}

TEST_CASE("a header that would break out of its line, or out of the framing, is a bug") {
  CHECK_THROWS_AS(head_of({.headers = {{"X", "a\r\nSet-Cookie: b"}}}), Breakage);
  CHECK_THROWS_AS(head_of({.headers = {{"X: a\r\nY", "b"}}}), Breakage);
  CHECK_THROWS_AS(head_of({.headers = {{"content-length", "5"}}}), Breakage);
}
