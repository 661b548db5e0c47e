// One connection's life: kept, pipelined, streamed to, cut off when slow, and ended in order.
#include <doctest/doctest.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <future>
#include <thread>
#include <vector>

#include "tests/http/raw_client.h"
#include "tests/http/test_server.h"

using namespace ringdown;
using namespace ringdown::test;

namespace asio = boost::asio;

namespace {

HttpLimits with(Span HttpLimits::* limit, Span value) {
  HttpLimits limits = generous_limits();
  limits.*limit = value;
  return limits;
}

// Holds a request inside its handler until the test lets it go.
struct Gate {
  std::promise<void> entered;
  std::promise<void> opened;

  HttpHandler handler() {
    return {.answer = [this](Request& request) -> asio::awaitable<Response> {
      entered.set_value();
      asio::steady_timer timer(co_await asio::this_coro::executor);
      const auto open = opened.get_future();
      while (open.wait_for(0s) != std::future_status::ready) {
        timer.expires_after(1ms);
        co_await timer.async_wait(asio::use_awaitable);
      }
      co_return Response{.body = "done " + request.path};
    }};
  }
};

// An endless stream that says hello and then waits for its listener to leave.
struct Quiet {
  std::promise<void> left;

  HttpHandler handler() {
    return {.answer = [this](Request&) -> asio::awaitable<Response> {
      co_return Response{.stream = [this](Stream& stream) { return wait(stream); }};
    }};
  }

  asio::awaitable<void> wait(Stream& stream) {
    asio::steady_timer forever(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    stream.when_closed([&] { forever.cancel(); });
    co_await stream.write(std::make_shared<const std::string>("hello"));
    boost::system::error_code ignored;
    if (!stream.closed()) co_await forever.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    left.set_value();
  }
};

}  // namespace

TEST_CASE("a connection is kept for the next request, until a client asks to close") {
  TestServer server;
  RawClient client(server.port());

  for (int i = 0; i < 3; ++i) {
    client.send(get("/echo"));
    CHECK(client.answer()->status == 200);
  }
  client.send(get("/echo", "Connection: close\r\n"));
  CHECK(client.answer()->has("Connection: close"));
  CHECK(client.closed());
}

TEST_CASE("under HTTP/1.0 a connection carries one request") {
  TestServer server;
  RawClient client(server.port());
  client.send("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

  CHECK(client.answer()->status == 200);
  CHECK(client.closed());
}

TEST_CASE("pipelined requests are answered in their order, bodies included") {
  TestServer server;
  RawClient client(server.port());
  std::string all;
  for (int i = 0; i < 50; ++i) {
    all += get("/echo/" + std::to_string(i));
    all += "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nGET / HTT";
    all += "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  }
  client.send(all);

  for (int i = 0; i < 50; ++i) {
    CHECK(client.answer()->has("GET /echo/" + std::to_string(i) + "?"));
    CHECK(client.answer()->has(": GET / HTT"));
    CHECK(client.answer()->has(": abc"));
  }
}

TEST_CASE("a request may arrive byte by byte") {
  TestServer server;
  RawClient client(server.port());
  for (const char c :
       "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n") {
    if (c != '\0') client.send({&c, 1});
  }

  CHECK(client.answer()->has(": abc"));
}

TEST_CASE("a client that asks whether to send is told to go on, or refused before it sends") {
  TestServer server;
  const std::string expecting = "HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n";

  for (const char* target : {"/echo", "/upload"}) {
    RawClient told(server.port());
    told.send("POST " + std::string(target) + " " + expecting);
    CHECK(told.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    told.send("hello world");
    CHECK(told.answer()->status == 200);
  }
  RawClient refused(server.port());
  refused.send("POST /small " + expecting);
  CHECK(refused.answer()->status == 413);
}

TEST_CASE("HEAD gets the head alone, and the connection stays in step") {
  TestServer server;
  RawClient client(server.port());
  client.send("HEAD /echo HTTP/1.1\r\nHost: a\r\n\r\n" + get("/echo"));

  CHECK(client.answer(true)->has("Content-Length: 28"));
  CHECK(client.answer()->has("GET /echo"));
}

TEST_CASE("a handler's bug is a 500 with an id, and the connection goes on") {
  TestServer server;
  RawClient client(server.port());
  client.send(get("/throws") + get("/echo"));

  const auto answer = client.answer();
  CHECK(answer->status == 500);
  CHECK_FALSE(answer->has("a bug"));
  CHECK(client.answer()->status == 200);

  client.send(get("/breaks"));
  CHECK(client.answer()->status == 500);
  CHECK(client.closed());
}

TEST_CASE("a stream arrives chunked, sized, or ended by closing, as fits") {
  TestServer server;

  RawClient chunked(server.port());
  chunked.send(get("/three"));
  CHECK(chunked.read_to_end().ends_with("\r\n\r\n4\r\none \r\n4\r\ntwo \r\n5\r\nthree\r\n0\r\n\r\n"));

  RawClient sized(server.port());
  sized.send(get("/sized") + get("/echo"));
  CHECK(sized.answer()->body == "one two three");
  CHECK(sized.answer()->status == 200);

  RawClient old(server.port());
  old.send("GET /three HTTP/1.0\r\n\r\n");
  CHECK(old.read_to_end().ends_with("\r\n\r\none two three"));
}

TEST_CASE("a stream that breaks off closes its connection, so that the client knows") {
  TestServer server;
  RawClient client(server.port());
  client.send(get("/short"));

  CHECK_FALSE(client.answer());
}

TEST_CASE("a streamed upload beyond its bound fails in the handler") {
  HttpHandler handler{.answer = show_request, .plan_body = [](const RequestHead&) {
                        return BodyPlan{.bytes_max = 10, .streamed = true};
                      }};
  TestServer server(handler);
  RawClient client(server.port());
  client.send(
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n");

  CHECK(client.answer()->status == 422);
  CHECK(client.closed());
}

TEST_CASE("an upload that its handler does not read ends the connection") {
  HttpHandler handler{
      .answer = [](Request&) -> asio::awaitable<Response> { co_return Response{.status = 401}; },
      .plan_body = [](const RequestHead&) { return BodyPlan{.streamed = true}; }};
  TestServer server(handler);
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\n" + get("/echo").substr(0, 10));

  CHECK(client.answer()->status == 401);
  CHECK(client.closed());
}

TEST_CASE("who is slow with the headers is cut off") {
  TestServer server(with(&HttpLimits::head_time, 40ms));

  RawClient silent(server.port());
  CHECK(silent.closed());
  RawClient halfway(server.port());
  halfway.send("GET / HTTP/1.1\r\nHost:");
  CHECK(halfway.answer()->status == 408);
  CHECK(halfway.closed());
}

TEST_CASE("who drips one header byte after the other is cut off as well") {
  TestServer server(with(&HttpLimits::head_time, 40ms));
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nX: ");
  std::jthread dripping([&](const std::stop_token& stop) {
    while (!stop.stop_requested() && client.send("x")) std::this_thread::yield();
  });

  const auto answer = client.answer();
  REQUIRE(answer);
  CHECK((answer->status == 408 || answer->status == 431));
}

TEST_CASE("who is slow with the body is cut off, between pieces and in total") {
  TestServer idle(with(&HttpLimits::body_idle_time, 40ms));
  RawClient stalled(idle.port());
  stalled.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
  CHECK(stalled.answer()->status == 408);

  TestServer total(with(&HttpLimits::request_time, 40ms));
  RawClient dripping(total.port());
  dripping.send("POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  std::jthread drip([&](const std::stop_token& stop) {
    while (!stop.stop_requested() && dripping.send("1\r\nx\r\n")) std::this_thread::yield();
  });
  CHECK(dripping.answer()->has("too long"));
}

TEST_CASE("an idle connection is closed after its time") {
  TestServer server(with(&HttpLimits::keep_alive_time, 40ms));
  RawClient client(server.port());
  client.send(get("/echo"));

  CHECK(client.answer()->status == 200);
  CHECK(client.closed());
}

TEST_CASE("a listener that does not take its events is dropped, and its writer is told") {
  std::promise<bool> over;
  HttpHandler handler{.answer = [&](Request&) -> asio::awaitable<Response> {
    co_return Response{.stream = [&](Stream& stream) -> asio::awaitable<void> {
      const auto event = std::make_shared<const std::string>(std::string(100'000, 'x'));
      while (co_await stream.write(event)) {
      }
      over.set_value(stream.closed());
    }};
  }};
  TestServer server(handler, with(&HttpLimits::write_stall_time, 40ms));
  RawClient listener(server.port(), nullptr, 4096);
  listener.send(get("/events"));

  CHECK(over.get_future().get());
}

TEST_CASE("a listener that leaves is noticed while there is nothing to write") {
  Quiet quiet;
  TestServer server(quiet.handler());
  {
    RawClient listener(server.port());
    listener.send(get("/events"));
    listener.read_until("hello");
  }

  quiet.left.get_future().get();
}

TEST_CASE("stopping wakes the writers of endless streams, whose answers do not pretend to be whole") {
  Quiet quiet;
  TestServer server(quiet.handler());
  RawClient listener(server.port());
  listener.send(get("/events"));
  listener.read_until("hello");

  server.server().stop();

  quiet.left.get_future().get();
  CHECK(listener.read_to_end() == "\r\n");
}

TEST_CASE("a thousand connections at once are served, and the loops share them") {
  TestServer server;
  std::vector<RawClient> clients;
  for (int i = 0; i < 1000; ++i) clients.emplace_back(server.port());

  for (RawClient& client : clients) client.send(get("/echo"));
  int served = 0;
  for (RawClient& client : clients) served += client.answer()->status == 200 ? 1 : 0;
  CHECK(served == 1000);
}

TEST_CASE("connections are bounded in all and per address; who leaves makes room") {
  HttpLimits limits = generous_limits();
  limits.connections_per_address_max = 2;
  limits.connections_max = 3;
  TestServer server(limits);
  const auto served = [](RawClient& client) {
    client.send(get("/echo"));
    return client.answer().has_value();
  };

  auto first = std::make_unique<RawClient>(server.port());
  RawClient second(server.port());
  CHECK(served(*first));
  CHECK(served(second));
  RawClient third(server.port());
  CHECK_FALSE(served(third));
  RawClient elsewhere(server.port(), "127.0.0.2");
  CHECK(served(elsewhere));
  RawClient fourth(server.port(), "127.0.0.3");
  CHECK_FALSE(served(fourth));

  first.reset();
  bool room = false;
  while (!room) {
    RawClient again(server.port());
    room = served(again);
  }
  CHECK(room);
}

TEST_CASE("a request from behind a trusted proxy shows its client; others cannot pretend") {
  const std::string forwarded = get("/echo", "X-Forwarded-For: 198.51.100.7\r\nX-Forwarded-Proto: https\r\n");
  TestServer trusting(generous_limits(),
                      TrustedProxies::parse(std::vector<std::string>{"127.0.0.1"}).value());
  RawClient proxy(trusting.port());
  proxy.send(forwarded);
  CHECK(proxy.answer()->has("from 198.51.100.7 over TLS"));

  TestServer plain;
  RawClient stranger(plain.port());
  stranger.send(forwarded);
  CHECK(stranger.answer()->has("from 127.0.0.1: "));
}

TEST_CASE("stopping finishes what runs, closes what is idle and accepts no more") {
  Gate gate;
  TestServer server(gate.handler());
  RawClient idle(server.port());
  RawClient running(server.port());
  running.send(get("/work") + get("/never"));
  gate.entered.get_future().wait();

  std::thread stopping([&] { server.server().stop(); });
  CHECK(idle.closed());
  gate.opened.set_value();
  const auto answer = running.answer();
  stopping.join();

  REQUIRE(answer);
  CHECK(answer->body == "done /work");
  CHECK(answer->has("Connection: close"));
  CHECK(running.closed());
  CHECK_THROWS(RawClient(server.port()));
}

TEST_CASE("stopping cuts off what does not end by itself") {
  Gate gate;
  TestServer server(gate.handler());
  RawClient stuck(server.port());
  stuck.send(get("/work"));
  gate.entered.get_future().wait();

  server.server().stop(20ms);

  CHECK(stuck.closed());
}

TEST_CASE("stopping under load loses no answer that was begun") {
  TestServer server;
  std::vector<std::jthread> clients;
  std::atomic<int> broken = 0;
  std::atomic<int> answered = 0;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      RawClient client(server.port());
      while (client.send(get("/echo"))) {
        const std::string head = client.read_until("\r\n\r\n");
        if (head.empty()) return;
        if (!client.read_until("127.0.0.1: ").ends_with("127.0.0.1: ")) ++broken;
        ++answered;
      }
    });
  }
  while (answered < 1000) std::this_thread::yield();

  server.server().stop();
  clients.clear();

  CHECK(broken == 0);
}

TEST_CASE("a port that is taken is said so") {
  TestServer server;
  HttpServer second(HttpLimits{}, {.answer = show_request});

  const auto refused = second.listen("127.0.0.1:" + std::to_string(server.port()));

  REQUIRE_FALSE(refused);
  CHECK(refused.error().text.contains("cannot listen on 127.0.0.1:"));
  CHECK_FALSE(second.listen("somewhere:80"));
}

TEST_CASE("a server listens on several addresses") {
  HttpServer server(HttpLimits{}, {.answer = show_request});
  const auto one = server.listen("127.0.0.1:0");
  const auto two = server.listen("localhost:0");
  REQUIRE(one);
  REQUIRE(two);
  server.start();

  for (const std::uint16_t port : {*one, *two}) {
    RawClient client(port);
    client.send(get("/echo"));
    CHECK(client.answer()->status == 200);
  }
}
