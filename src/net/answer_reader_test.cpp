#include "net/answer_reader.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ringdown;

namespace {

// What a client that asked by `verb` makes of these bytes, one by one, and of the closing after them.
Result<HttpAnswer> read(std::string_view bytes, Verb verb = Verb::get, std::size_t bytes_max = 100) {
  AnswerReader reader(verb, bytes_max);
  for (std::size_t i = 0; i < bytes.size() && !reader.done(); ++i) {
    if (auto taken = reader.push(bytes.substr(i, 1)); !taken) return std::unexpected(taken.error());
  }
  if (auto ended = reader.end(); !ended) return std::unexpected(ended.error());
  return reader.answer();
}

}  // namespace

TEST_CASE("an answer ends at its length, its last chunk, or with the connection") {
  CHECK(read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi, you")->body == "hi");
  CHECK(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n")->body == "hi");
  CHECK(read("HTTP/1.0 200\r\n\r\nhi")->body == "hi");
}

TEST_CASE("some answers have no body, whatever they announce") {
  CHECK(read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", Verb::head)->body.empty());
  CHECK(read("HTTP/1.1 204 No Content\r\n\r\n")->status == 204);
  CHECK(read("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n")->status == 304);
}

TEST_CASE("what comes before the answer proper is skipped") {
  const auto answer =
      read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nX: y\r\nContent-Length: 0\r\n\r\n");

  REQUIRE(answer);
  CHECK(answer->status == 201);
  CHECK(answer->headers.find("x") == "y");
}

TEST_CASE("an answer that is none, or was cut off, leaves it open what happened") {
  for (const char* bytes :
       {"", "SSH-2.0\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 20x OK\r\n\r\n", "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhi",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nhi",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n"}) {
    CAPTURE(bytes);
    const auto answer = read(bytes);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().reason == Reason::commit_unknown);
  }
}

TEST_CASE("an answer has a bound, announced or not") {
  const std::string large(11, 'x');
  for (const std::string& bytes : std::vector<std::string>{
           "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" + large,
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n" + large + "\r\n0\r\n\r\n",
           "HTTP/1.1 200 OK\r\n\r\n" + large}) {
    CAPTURE(bytes);
    const auto answer = read(bytes, Verb::get, 10);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().reason == Reason::too_large);
  }
}
