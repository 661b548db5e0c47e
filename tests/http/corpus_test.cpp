// Requests as bytes against the real server: what is malformed or ambiguous gets its 4xx or 5xx and the
// connection ends there, so that nothing behind it is ever taken for a request.
#include <doctest/doctest.h>

#include "tests/http/raw_client.h"
#include "tests/http/test_server.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

std::string post(std::string_view headers, std::string_view body, std::string_view target = "/echo") {
  std::string text = "POST ";
  text.append(target).append(" HTTP/1.1\r\nHost: a.example\r\n").append(headers).append("\r\n\r\n");
  return text.append(body);
}

struct Scenario {
  const char* says;
  std::string request;
  int status;
  std::string body_has = {};
};

const Scenario scenarios[] = {
    {.says = "a plain request", .request = get("/echo?x=1"), .status = 200, .body_has = "GET /echo?x=1"},
    {.says = "a body with a length",
     .request = post("Content-Length: 2", "hi"),
     .status = 200,
     .body_has = "POST /echo? from 127.0.0.1: hi"},
    {.says = "a chunked body",
     .request = post("Transfer-Encoding: chunked", "2\r\nhi\r\n4;x=y\r\n you\r\n0\r\nT: z\r\n\r\n"),
     .status = 200,
     .body_has = ": hi you"},
    {.says = "a streamed upload",
     .request = post("Content-Length: 200000", std::string(200'000, 'x'), "/upload"),
     .status = 200,
     .body_has = "200000"},

    {.says = "CL.TE smuggling",
     .request = post("Content-Length: 6\r\nTransfer-Encoding: chunked", "0\r\n\r\nGET /echo HTTP/1.1\r\n"),
     .status = 400,
     .body_has = "exclude each other"},
    {.says = "TE.CL smuggling",
     .request = post("Transfer-Encoding: chunked\r\nContent-Length: 4", "5c\r\nGET /echo\r\n0\r\n\r\n"),
     .status = 400},
    {.says = "TE.TE smuggling",
     .request = post("Transfer-Encoding: chunked\r\nTransfer-encoding: cow", "0\r\n\r\n"),
     .status = 400},
    {.says = "a coding with a blank before its colon",
     .request = post("Transfer-Encoding : chunked", "0\r\n\r\n"),
     .status = 400},
    {.says = "a folded coding",
     .request = post("Transfer-Encoding:\r\n chunked", "0\r\n\r\n"),
     .status = 400},
    {.says = "CL.CL smuggling",
     .request = post("Content-Length: 2\r\nContent-Length: 3", "hi!"),
     .status = 400},
    {.says = "a signed length", .request = post("Content-Length: +2", "hi"), .status = 400},
    {.says = "a length that overflows",
     .request = post("Content-Length: 18446744073709551618", "hi"),
     .status = 400},
    {.says = "lines that end with LF alone", .request = "GET /echo HTTP/1.1\nHost: a\n\n", .status = 400},
    {.says = "one header line that ends with LF alone",
     .request = "GET /echo HTTP/1.1\r\nHost: a\nX: y\r\n\r\n",
     .status = 400},
    {.says = "a chunk size with trailing garbage",
     .request = post("Transfer-Encoding: chunked", "2 g\r\nhi\r\n0\r\n\r\n"),
     .status = 400},
    {.says = "a chunk size with 0x",
     .request = post("Transfer-Encoding: chunked", "0x2\r\nhi\r\n0\r\n\r\n"),
     .status = 400},
    {.says = "a chunk extension without an end",
     .request = post("Transfer-Encoding: chunked", "2;" + std::string(1000, 'x')),
     .status = 400},
    {.says = "a chunk that ends with LF alone",
     .request = post("Transfer-Encoding: chunked", "2\r\nhi\n0\r\n\r\n"),
     .status = 400},
    {.says = "gzip and chunked",
     .request = post("Transfer-Encoding: gzip, chunked", "0\r\n\r\n"),
     .status = 501},
    {.says = "HTTP/0.9", .request = "GET /echo\r\n", .status = 400},
    {.says = "HTTP/2's preface", .request = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .status = 505},
    {.says = "an empty first line", .request = "\r\n" + get("/echo"), .status = 400},
    {.says = "no host", .request = "GET /echo HTTP/1.1\r\n\r\n", .status = 400},
    {.says = "two hosts", .request = get("/echo", "Host: b.example\r\n"), .status = 400},
    {.says = "a URL that contradicts the host", .request = get("http://b.example/echo"), .status = 400},
    {.says = "a NUL in a header", .request = get("/echo", std::string_view("X: a\0b\r\n", 8)), .status = 400},
    {.says = "an escaped NUL", .request = get("/echo%00"), .status = 400},
    {.says = "an escaped slash", .request = get("/a%2fb"), .status = 400},
    {.says = "a dot segment", .request = get("/a/../echo"), .status = 400},
    {.says = "a fragment", .request = get("/echo#x"), .status = 400},
    {.says = "an unknown method", .request = "BREW /echo HTTP/1.1\r\nHost: a\r\n\r\n", .status = 501},
    {.says = "an unknown expectation", .request = get("/echo", "Expect: tea\r\n"), .status = 417},
    {.says = "a target that is too long", .request = get("/" + std::string(9000, 'a')), .status = 414},
    {.says = "a request line without an end", .request = std::string(17'000, 'a'), .status = 414},
    {.says = "headers that are too large",
     .request = get("/echo", "X: " + std::string(17'000, 'a') + "\r\n"),
     .status = 431},
    {.says = "a body that is too large",
     .request = post("Content-Length: 1048577", "x"),
     .status = 413,
     .body_has = "1048576"},
    {.says = "a body that is too large for its route",
     .request = post("Content-Length: 11", "", "/small"),
     .status = 413},
    {.says = "a chunked body that is too large for its route",
     .request = post("Transfer-Encoding: chunked", "b\r\nhello world\r\n", "/small"),
     .status = 413},
};

}  // namespace

TEST_CASE("every request of the corpus gets its status; after a refusal the connection ends") {
  TestServer server;

  for (const Scenario& row : scenarios) {
    CAPTURE(row.says);
    RawClient client(server.port());
    client.send(row.request);

    const auto answer = client.answer();
    REQUIRE(answer);
    CHECK(answer->status == row.status);
    CHECK(answer->body.contains(row.body_has));
    if (row.status == 200) continue;
    CHECK(answer->has("Connection: close"));
    CHECK(answer->body.starts_with(R"({"success":false,"error":{"code":")"));
    CHECK(client.closed());
  }
}

TEST_CASE("an error carries the id of its request, in its head and in its body") {
  TestServer server;
  RawClient client(server.port());
  client.send(get("/a%2fb"));

  const auto answer = client.answer();
  REQUIRE(answer);
  const auto at = answer->body.find(R"("id":")") + 6;
  CHECK(answer->head.contains("X-Request-Id: " + answer->body.substr(at, 36)));
}

TEST_CASE("more than a hundred headers are too many") {
  TestServer server;
  RawClient client(server.port());
  std::string headers;
  for (int i = 0; i < 100; ++i) headers += "X: y\r\n";
  client.send(get("/echo", headers));

  CHECK(client.answer()->status == 431);
}

TEST_CASE("a refusal reaches a client that is still sending") {
  HttpLimits limits = generous_limits();
  limits.linger_time = 30s;
  TestServer server(limits);
  RawClient client(server.port());

  CHECK(client.send(post("Content-Length: 3000000", std::string(3'000'000, 'x'))));
  const auto answer = client.answer();
  REQUIRE(answer);
  CHECK(answer->status == 413);
}
