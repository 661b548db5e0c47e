#include "net/http_server.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <future>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/expect.h"
#include "base/log.h"
#include "net/http_connection.h"
#include "net/http_lane.h"
#include "net/url.h"

namespace ringdown {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

struct Listener {
  tcp::acceptor acceptor;
  std::shared_ptr<Tls> tls;
};

Result<tcp::endpoint> parse_endpoint(std::string_view text) {
  const auto end = parse_host_port(text);
  boost::system::error_code error;
  const auto address = asio::ip::make_address(!end                       ? std::string()
                                              : end->host == "localhost" ? "127.0.0.1"
                                                                         : end->host,
                                              error);
  if (error) {
    return fail(Reason::invalid,
                "cannot listen on '" + std::string(text) + "'; write 127.0.0.1:8080 or [::1]:8080", "listen");
  }
  return tcp::endpoint(address, end->port);
}

}  // namespace

// Everything here but `lanes` itself belongs to the first loop, where connections are accepted.
struct HttpServer::State : std::enable_shared_from_this<HttpServer::State> {
  std::shared_ptr<const HttpSetup> setup;
  std::vector<std::shared_ptr<Lane>> lanes;
  std::vector<std::unique_ptr<Listener>> listeners;
  std::vector<std::size_t> open_on;  // connections per lane
  std::size_t open = 0;
  std::unordered_map<std::string, std::size_t> open_from;  // and per address
  std::size_t lanes_open = 0;
  bool started = false;
  std::promise<void> drained;

  asio::awaitable<void> accept(std::shared_ptr<State> self, Listener& listener);
  void welcome(tcp::socket, const Listener&, std::size_t which);
  bool admit(const std::string& address, bool counted);
  void leave(std::size_t which, const std::string& address, bool counted);
  void drain(SteadyTime deadline);
};

// One acceptor hands out the sockets: the loops share long-lived connections evenly, and a second server
// started by mistake finds the port taken, both of which SO_REUSEPORT would not give.
asio::awaitable<void> HttpServer::State::accept(std::shared_ptr<State> self, Listener& listener) {
  while (true) {
    const auto which = static_cast<std::size_t>(std::ranges::min_element(open_on) - open_on.begin());
    auto [error, socket] = co_await listener.acceptor.async_accept(lanes[which]->executor(),
                                                                   asio::as_tuple(asio::use_awaitable));
    if (error == asio::error::operation_aborted || !listener.acceptor.is_open()) co_return;
    if (!error) {
      welcome(std::move(socket), listener, which);
      continue;
    }
    log::warn("cannot accept a connection; trying again", {{"why", std::string_view(error.message())}});
    asio::steady_timer pause(lanes[0]->executor(), 100ms);
    co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

void HttpServer::State::welcome(tcp::socket socket, const Listener& listener, std::size_t which) {
  boost::system::error_code error;
  const auto remote = socket.remote_endpoint(error);
  if (error) return;

  const auto peer = plain_address(remote.address());
  const std::string address = peer.to_string();
  const bool counted = !setup->proxies.contains(peer);
  if (!admit(address, counted)) return;
  socket.set_option(tcp::no_delay(true), error);
  ++open_on[which];

  auto wire =
      listener.tls ? tls_wire(std::move(socket), listener.tls->context()) : plain_wire(std::move(socket));
  auto connection = std::make_shared<HttpConnection>(lanes[which], std::move(wire), peer);
  auto when_over = [self = shared_from_this(), which, address, counted] {
    asio::post(self->lanes[0]->executor(),
               [self, which, address, counted] { self->leave(which, address, counted); });
  };
  asio::post(lanes[which]->executor(), [lane = lanes[which], connection = std::move(connection),
                                        when_over = std::move(when_over)]() mutable {
    lane->open(std::move(connection), std::move(when_over));
  });
}

bool HttpServer::State::admit(const std::string& address, bool counted) {
  if (open >= setup->limits.connections_max) return false;
  if (counted) {
    std::size_t& from_there = open_from[address];
    if (from_there >= setup->limits.connections_per_address_max) return false;
    ++from_there;
  }
  ++open;
  return true;
}

void HttpServer::State::leave(std::size_t which, const std::string& address, bool counted) {
  --open;
  --open_on[which];
  if (counted && --open_from[address] == 0) open_from.erase(address);
}

void HttpServer::State::drain(SteadyTime deadline) {
  boost::system::error_code ignored;
  for (auto& listener : listeners) listener->acceptor.close(ignored);

  lanes_open = lanes.size();
  for (const auto& lane : lanes) {
    auto when_drained = [self = shared_from_this()] {
      asio::post(self->lanes[0]->executor(), [self] {
        if (--self->lanes_open == 0) self->drained.set_value();
      });
    };
    asio::post(lane->executor(), [lane, deadline, when_drained = std::move(when_drained)]() mutable {
      lane->drain(deadline, std::move(when_drained));
    });
  }
}

HttpServer::HttpServer(HttpLimits limits, HttpHandler handler, TrustedProxies proxies)
    : HttpServer(std::make_unique<Loops>(), limits, std::move(handler), std::move(proxies)) {}

HttpServer::HttpServer(std::unique_ptr<Loops> own, HttpLimits limits, HttpHandler handler,
                       TrustedProxies proxies)
    : HttpServer(*own, limits, std::move(handler), std::move(proxies)) {
  own_loops_ = std::move(own);
}

HttpServer::HttpServer(Loops& loops, HttpLimits limits, HttpHandler handler, TrustedProxies proxies)
    : loops_(&loops), state_(std::make_shared<State>()) {
  expect(handler.answer != nullptr, "a server has a handler");
  state_->setup = std::make_shared<const HttpSetup>(limits, std::move(handler), std::move(proxies));
  for (std::size_t i = 0; i < loops.size(); ++i) {
    state_->lanes.push_back(std::make_shared<Lane>(loops.executor(i), state_->setup));
  }
  state_->open_on.assign(loops.size(), 0);
}

HttpServer::~HttpServer() {
  stop();
}

Result<std::uint16_t> HttpServer::listen(std::string_view address, std::shared_ptr<Tls> tls) {
  expect(!state_->started, "a server listens before it starts");
  const auto endpoint = parse_endpoint(address);
  if (!endpoint) return std::unexpected(endpoint.error());

  tcp::acceptor acceptor(loops_->executor());
  boost::system::error_code error;
  acceptor.open(endpoint->protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && endpoint->address().is_v6()) acceptor.set_option(asio::ip::v6_only(true), error);
  if (!error) acceptor.bind(*endpoint, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (error) {
    return fail(Reason::unavailable,
                "cannot listen on " + std::string(address) + ": " + error.message() +
                    "; choose another address or port",
                "listen");
  }
  const std::uint16_t port = acceptor.local_endpoint().port();
  state_->listeners.push_back(std::make_unique<Listener>(std::move(acceptor), std::move(tls)));
  return port;
}

void HttpServer::start() {
  expect(!state_->started, "a server is started once");
  state_->started = true;
  for (const auto& lane : state_->lanes) asio::post(lane->executor(), [lane] { lane->start(); });
  for (auto& listener : state_->listeners) {
    asio::co_spawn(loops_->executor(), state_->accept(state_, *listener), asio::detached);
  }
  if (own_loops_) own_loops_->start();
}

void HttpServer::stop(Span grace) {
  if (!state_->started || !loops_->running()) return;
  state_->started = false;

  const SteadyTime deadline = std::chrono::steady_clock::now() + grace;
  asio::post(loops_->executor(), [state = state_, deadline] { state->drain(deadline); });
  state_->drained.get_future().wait();
  if (own_loops_) own_loops_->stop();
}

}  // namespace ringdown
