// The HTTP server: accepts on one loop, hands each connection to the loop with the fewest, serves it there.
//
//   HttpServer server(limits, {.answer = answer});
//   server.listen("127.0.0.1:8080");  server.start();  …  server.stop();
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "net/http.h"
#include "net/http_limits.h"
#include "net/loops.h"
#include "net/proxies.h"
#include "net/tls.h"

namespace ringdown {

// The application. Both are called on the loop of the connection, by many loops at once.
struct HttpHandler {
  std::function<boost::asio::awaitable<Response>(Request&)> answer;
  std::function<BodyPlan(const RequestHead&)> plan_body = [](const RequestHead&) { return BodyPlan{}; };
};

class HttpServer {
 public:
  HttpServer(HttpLimits, HttpHandler, TrustedProxies = {});          // with loops of its own
  HttpServer(Loops&, HttpLimits, HttpHandler, TrustedProxies = {});  // on loops somebody else runs
  ~HttpServer();                                                     // stops

  // Before start(); "127.0.0.1:8080", "[::1]:8080", "localhost:0". Answers the port.
  Result<std::uint16_t> listen(std::string_view address, std::shared_ptr<Tls> = nullptr);

  void start();

  // Accepts no more, closes idle connections, lets running requests finish for so long, then cuts them off.
  // Called from outside the loops, and waits. Handlers that still hang then stay suspended until the loops
  // end.
  void stop(Span grace = 10s);

  boost::asio::any_io_executor executor(std::size_t which = 0) const { return loops_->executor(which); }
  Loops& loops() { return *loops_; }

 private:
  struct State;

  HttpServer(std::unique_ptr<Loops> own, HttpLimits, HttpHandler, TrustedProxies);

  std::unique_ptr<Loops> own_loops_;
  Loops* loops_;
  std::shared_ptr<State> state_;
};

}  // namespace ringdown
