// WebSockets of ours on both sides, in clear and over TLS.
#include <doctest/doctest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_future.hpp>
#include <future>

#include "net/http_server.h"
#include "net/websocket.h"
#include "tests/http/own_certificate.h"
#include "tests/http/raw_client.h"
#include "tests/http/test_server.h"

using namespace ringdown;
using namespace ringdown::test;

namespace asio = boost::asio;

namespace {

using Talk = std::function<asio::awaitable<void>(WebSocket&)>;

// Says back what it hears.
asio::awaitable<void> echo(WebSocket& socket) {
  while (true) {
    auto message = co_await socket.next();
    if (!message) co_return;
    if (message->binary) {
      socket.send_binary(std::move(message->data));
    } else {
      socket.send(std::move(message->data));
    }
  }
}

class SocketServer {
 public:
  explicit SocketServer(Talk talk = echo, WebSocketLimits limits = {}, std::shared_ptr<Tls> tls = nullptr)
      : scheme_(tls ? "wss" : "ws"),
        server_(generous_limits(), {.answer = [=](Request& request) -> asio::awaitable<Response> {
                  co_return WebSocket::accept(request, limits, talk);
                }}) {
    port_ = server_.listen("127.0.0.1:0", std::move(tls)).value();
    server_.start();
  }

  std::uint16_t port() const { return port_; }
  std::string url() const { return scheme_ + "://127.0.0.1:" + std::to_string(port_) + "/talk"; }
  void stop() { server_.stop(Span{0}); }

 private:
  std::string scheme_;
  HttpServer server_;
  std::uint16_t port_ = 0;
};

// On a loop of its own, until it is over.
template <class T>
T done(asio::awaitable<T> work) {
  Loops loops(1);
  loops.start();
  return asio::co_spawn(loops.executor(), std::move(work), asio::use_future).get();
}

asio::awaitable<std::string> first_answer(std::string url, std::string text, WebSocketLimits limits = {},
                                          std::string authorities = {}) {
  auto socket =
      co_await WebSocket::connect(std::move(url), {{"X-Name", "value"}}, limits, std::move(authorities));
  if (!socket) co_return "refused: " + socket.error().text;
  socket->send(std::move(text));
  const auto answer = co_await socket->next();
  co_await socket->close();
  co_return answer ? answer->data : "ended: " + std::string(to_text(answer.error().reason));
}

const std::string asks =
    "GET /talk HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

}  // namespace

TEST_CASE("a message comes back, in clear and over TLS, however large within the bound") {
  const OwnCertificate certificate("ours");
  const auto tls = Tls::load(certificate.certificate_file(), certificate.key_file()).value();
  const SocketServer plain;
  const SocketServer secure(echo, {}, tls);

  for (const SocketServer* server : {&plain, &secure}) {
    CHECK(done(first_answer(server->url(), "hello", {}, certificate.certificate_file())) == "hello");
    const std::string large(64 * 1024, 'x');
    CHECK(done(first_answer(server->url(), large, {}, certificate.certificate_file())) == large);
  }
  CHECK(done(first_answer(secure.url(), "hello")).contains("agreeing on TLS"));
}

TEST_CASE("text and bytes are told apart, and the extra headers arrive") {
  std::string name;
  HttpServer server(generous_limits(), {.answer = [&](Request& request) -> asio::awaitable<Response> {
                      name = request.headers.find("X-Name").value_or("");
                      co_return WebSocket::accept(request, {}, echo);
                    }});
  const std::string url = "ws://127.0.0.1:" + std::to_string(server.listen("127.0.0.1:0").value());
  server.start();

  const auto talk = [url]() -> asio::awaitable<std::string> {
    auto socket = (co_await WebSocket::connect(url, {{"X-Name", "value"}})).value();
    socket.send("text");
    socket.send_binary(std::string("\0\xff", 2));
    const auto text = (co_await socket.next()).value();
    const auto bytes = (co_await socket.next()).value();
    co_return (text.binary ? "binary" : "text") + std::string(bytes.binary ? " binary " : " text ") +
        std::to_string(bytes.data.size());
  };

  CHECK(done(talk()) == "text binary 2");
  CHECK(name == "value");
}

TEST_CASE("what comes right behind the request is the first message") {
  const SocketServer server;
  RawClient client(server.port());

  client.send(asks + std::string("\x81\x82\0\0\0\0hi", 8));

  const std::string answer = client.read_until("\x81\x02hi");
  CHECK(answer.starts_with("HTTP/1.1 101"));
  CHECK(answer.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
  CHECK(answer.ends_with("\x81\x02hi"));
}

TEST_CASE("a message over the bound ends the conversation, on either side") {
  const SocketServer narrow(echo, {.message_bytes_max = 10});
  const SocketServer wide;

  CHECK(done(first_answer(narrow.url(), "eleven bytes")).starts_with("ended"));
  CHECK(done(first_answer(wide.url(), "eleven bytes", {.message_bytes_max = 10})) ==
        "ended: " + std::string(to_text(Reason::too_large)));
}

TEST_CASE("what a peer does not take waits up to the bound, and no longer than a goodbye may last") {
  std::promise<int> sent;
  const SocketServer server(
      [&](WebSocket& socket) -> asio::awaitable<void> {
        int count = 0;
        while (count < 10'000 && socket.send(std::string(10'000, 'x'))) ++count;
        sent.set_value(count);
        co_return;
      },
      {.handshake_time = 100ms, .waiting_bytes_max = 100'000});
  RawClient client(server.port(), nullptr, 4096);

  client.send(asks);

  CHECK(sent.get_future().get() == 10);
}

TEST_CASE("what waits is sent before the goodbye") {
  const SocketServer server([](WebSocket& socket) -> asio::awaitable<void> {
    for (int i = 0; i < 20; ++i) socket.send("number " + std::to_string(i));
    co_return;
  });
  const auto count = [](std::string url) -> asio::awaitable<int> {
    auto socket = (co_await WebSocket::connect(std::move(url), {})).value();
    int messages = 0;
    while (co_await socket.next()) ++messages;
    co_return socket.send("too late") ? -1 : messages;
  };

  CHECK(done(count(server.url())) == 20);
}

TEST_CASE("whoever does not speak it, or does not answer, is refused within the deadline") {
  const SocketServer server;
  RawClient plain(server.port());
  plain.send("GET /talk HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  CHECK(plain.answer()->status == 426);

  TestServer http;
  const std::string other = "ws://127.0.0.1:" + std::to_string(http.port()) + "/echo";
  CHECK(done(first_answer(other, "hello")).contains("it answered 200"));

  asio::io_context idle;
  const asio::ip::tcp::acceptor silent(idle, {asio::ip::address_v4::loopback(), 0});
  const std::string nobody = "://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/";
  CHECK(done(first_answer("ws" + nobody, "hello", {.handshake_time = 50ms})).starts_with("refused"));
  CHECK(done(first_answer("wss" + nobody, "hello", {.handshake_time = 50ms})).contains("deadline"));
  CHECK(done(first_answer("http" + nobody, "hello")).contains("begins with ws"));
}

TEST_CASE("a server that stops takes its conversations along") {
  SocketServer server;
  RawClient client(server.port());
  client.send(asks);
  client.read_until("\r\n\r\n");

  server.stop();

  CHECK(client.closed());
}
