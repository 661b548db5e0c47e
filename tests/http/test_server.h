// A real server on a free loopback port, with a handler that shows what it was given.
#pragma once

#include <atomic>
#include <cstdint>

#include "net/http_server.h"

namespace ringdown::test {

// Everything a scenario waits for ends by these in milliseconds instead of seconds.
HttpLimits generous_limits();

class TestServer {
 public:
  explicit TestServer(HttpLimits = generous_limits(), TrustedProxies = {}, std::shared_ptr<Tls> = nullptr);
  explicit TestServer(HttpHandler, HttpLimits = generous_limits());

  std::uint16_t port() const { return port_; }
  HttpServer& server() { return server_; }

 private:
  HttpServer server_;
  std::uint16_t port_ = 0;
};

// GET /echo…: method, path, query, peer and body as text. POST /upload: how many bytes came, streamed. POST
// /small: takes ten bytes. GET /throws, /breaks: handlers with bugs. GET /three: a stream of three pieces.
// GET /sized, /short: streams of announced size, the latter broken off.
boost::asio::awaitable<Response> show_request(Request&);
BodyPlan plan_by_path(const RequestHead&);

}  // namespace ringdown::test
