// Our client against our server, in clear and over TLS.
#include <doctest/doctest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <filesystem>
#include <fstream>

#include "net/http_client.h"
#include "tests/http/own_certificate.h"
#include "tests/http/raw_client.h"
#include "tests/http/test_server.h"

using namespace ringdown;
using namespace ringdown::test;

namespace asio = boost::asio;

namespace {

// Sends on a loop of the client's own and waits for what comes of it.
Result<HttpAnswer> sent(const HttpClient& client, HttpCall call) {
  Loops loops(1);
  loops.start();
  return asio::co_spawn(loops.executor(), client.send(std::move(call)), asio::use_future).get();
}

std::string url_of(const TestServer& server, std::string_view scheme = "http") {
  return std::string(scheme) + "://127.0.0.1:" + std::to_string(server.port());
}

HttpClient client_of(const TestServer& server, const OwnCertificate& certificate) {
  return HttpClient::open(url_of(server, "https"), {}, certificate.certificate_file()).value();
}

std::shared_ptr<Tls> loaded(const OwnCertificate& certificate) {
  return Tls::load(certificate.certificate_file(), certificate.key_file()).value();
}

void overwrite(const std::string& file, std::string_view text) {
  std::ofstream(file, std::ios::trunc) << text;
}

}  // namespace

TEST_CASE("a call gets its answer, below the base URL") {
  TestServer server;
  const auto client = HttpClient::open(url_of(server) + "/echo/").value();

  const auto answer =
      sent(client, {.verb = Verb::post, .target = "/a?b=c", .headers = {{"X", "y"}}, .body = "hello"});

  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->body == "POST /echo/a?b=c from 127.0.0.1: hello");
  CHECK(answer->headers.find("x-request-id"));
}

TEST_CASE("streams and errors are answers too") {
  TestServer server;
  const auto client = HttpClient::open(url_of(server)).value();

  CHECK(sent(client, {.target = "/three"})->body == "one two three");
  CHECK(sent(client, {.target = "/throws"})->status == 500);
  CHECK(sent(client, {.verb = Verb::head, .target = "/echo"})->body.empty());
}

TEST_CASE("an answer over the bound is refused") {
  TestServer server;
  const auto client = HttpClient::open(url_of(server), {.answer_bytes_max = 10}).value();

  CHECK(sent(client, {.target = "/echo"}).error().reason == Reason::too_large);
}

TEST_CASE(
    "a body is handed on in pieces, within the bound, until somebody has had enough; an error is kept") {
  TestServer server;
  std::string taken;
  const auto received = [&](std::string target, std::size_t bytes_max, Result<void> verdict) {
    const auto client = HttpClient::open(url_of(server), {.answer_bytes_max = bytes_max}).value();
    Loops loops(1);
    loops.start();
    const auto take = [&](std::string_view piece) {
      taken += piece;
      return verdict;
    };
    return asio::co_spawn(loops.executor(), client.receive({.target = std::move(target)}, take),
                          asio::use_future)
        .get();
  };

  const auto whole = received("/three", 100, {});
  CHECK(taken == "one two three");
  CHECK(whole->body.empty());
  CHECK(received("/three", 10, {}).error().reason == Reason::too_large);
  CHECK(received("/three", 100, fail(Reason::conflict, "enough")).error().text == "enough");
  taken.clear();
  CHECK(received("/throws", 1000, {})->body.contains("error"));
  CHECK(taken.empty());
}

TEST_CASE("a body without end is handed on up to the bound, however small its pieces") {
  HttpHandler endless{.answer = [](Request&) -> asio::awaitable<Response> {
    co_return Response{.stream = [](Stream& stream) -> asio::awaitable<void> {
      const auto piece = std::make_shared<const std::string>(1000, 'x');
      while (co_await stream.write(piece)) continue;
    }};
  }};
  TestServer server(endless);
  const auto client = HttpClient::open(url_of(server), {.answer_bytes_max = 100'000}).value();
  std::size_t taken = 0;
  const auto take = [&](std::string_view piece) -> Result<void> {
    taken += piece.size();
    return {};
  };
  Loops loops(1);
  loops.start();

  const auto answer =
      asio::co_spawn(loops.executor(), client.receive({.target = "/"}, take), asio::use_future).get();

  CHECK(answer.error().reason == Reason::too_large);
  CHECK(taken <= 100'000);
  CHECK(taken > 50'000);
}

TEST_CASE("a call that nobody takes did nothing; one that nobody answers may have") {
  std::string free_port;
  {
    TestServer gone;
    free_port = url_of(gone);
  }
  const auto nobody = sent(HttpClient::open(free_port).value(), {});
  CHECK(nobody.error().reason == Reason::unavailable);

  HttpHandler silent{.answer = [](Request&) -> asio::awaitable<Response> {
    co_return Response{.stream = [](Stream& stream) -> asio::awaitable<void> {
                         while (co_await stream.write(std::make_shared<const std::string>("x"))) {
                         }
                       },
                       .stream_bytes = std::uint64_t{1} << 40};
  }};
  TestServer endless(silent);
  const auto late = sent(
      HttpClient::open(url_of(endless), {.deadline = 50ms, .answer_bytes_max = std::size_t{1} << 41}).value(),
      {});
  REQUIRE_FALSE(late);
  CHECK(late.error().reason == Reason::commit_unknown);
  CHECK(late.error().text.contains("deadline"));
}

TEST_CASE("over TLS both sides agree, and the request knows") {
  const OwnCertificate certificate("first");
  TestServer server(generous_limits(), {}, loaded(certificate));

  const auto answer = sent(client_of(server, certificate), {.target = "/echo"});

  REQUIRE(answer);
  CHECK(answer->body == "GET /echo? from 127.0.0.1 over TLS: ");
  CHECK(sent(client_of(server, certificate), {.target = "/three"})->body == "one two three");
  const HttpCall large{.verb = Verb::post, .target = "/upload", .body = std::string(1 << 20, 'x')};
  CHECK(sent(client_of(server, certificate), large)->body == "1048576");
}

TEST_CASE("a certificate that nobody vouches for, or for another host, is not talked to") {
  const OwnCertificate certificate("first");
  TestServer server(generous_limits(), {}, loaded(certificate));

  const auto stranger = sent(HttpClient::open(url_of(server, "https")).value(), {.target = "/echo"});
  REQUIRE_FALSE(stranger);
  CHECK(stranger.error().reason == Reason::unavailable);

  HttpServer named(generous_limits(), {.answer = show_request});
  const auto port = named.listen("127.1.0.1:0", loaded(certificate)).value();
  named.start();
  const auto client =
      HttpClient::open("https://127.1.0.1:" + std::to_string(port), {}, certificate.certificate_file());
  const auto mismatch = sent(*client, {.target = "/echo"});
  REQUIRE_FALSE(mismatch);
  CHECK(mismatch.error().text.contains("TLS"));
}

TEST_CASE("a reloaded certificate serves new connections; a bad pair changes nothing and says why") {
  const OwnCertificate files("first");
  const OwnCertificate first("to be overwritten");
  std::filesystem::copy_file(files.certificate_file(), first.certificate_file(),
                             std::filesystem::copy_options::overwrite_existing);
  const auto tls = loaded(files);
  TestServer server(generous_limits(), {}, tls);
  CHECK(sent(client_of(server, first), {.target = "/echo"}));

  overwrite(files.key_file(), "no key");
  const auto bad_key = tls->reload();
  REQUIRE_FALSE(bad_key);
  CHECK(bad_key.error().text.contains("cannot use the key"));
  CHECK(sent(client_of(server, first), {.target = "/echo"}));

  files.replace("second");
  const OwnCertificate foreign("foreign");
  std::filesystem::copy_file(foreign.key_file(), files.key_file(),
                             std::filesystem::copy_options::overwrite_existing);
  const auto foreign_key = tls->reload();
  REQUIRE_FALSE(foreign_key);
  CHECK(foreign_key.error().text.contains("mismatch"));
  CHECK(sent(client_of(server, first), {.target = "/echo"}));

  files.replace("third");
  REQUIRE(tls->reload());
  CHECK_FALSE(sent(client_of(server, first), {.target = "/echo"}));
  CHECK(sent(client_of(server, files), {.target = "/echo"}));
}

TEST_CASE("who speaks no TLS to a TLS port is let go, however slowly") {
  const OwnCertificate certificate("first");
  HttpLimits limits = generous_limits();
  limits.head_time = 40ms;
  TestServer server(limits, {}, loaded(certificate));

  RawClient plain(server.port());
  plain.send(get("/echo"));
  CHECK_FALSE(plain.read_to_end().contains("HTTP"));
  RawClient silent(server.port());
  CHECK(silent.closed());
}
