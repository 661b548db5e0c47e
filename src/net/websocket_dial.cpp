#include "net/websocket_dial.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ringdown {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto outcome = asio::as_tuple(asio::use_awaitable);

Result<Url> websocket_url(const std::string& url) {
  if (url.starts_with("wss://")) return parse_url("https" + url.substr(3));
  if (url.starts_with("ws://")) return parse_url("http" + url.substr(2));
  return fail(Reason::invalid, "a WebSocket's address begins with ws:// or wss://");
}

Result<std::shared_ptr<asio::ssl::context>> trusting(const std::string& authorities_file) {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  context->set_verify_mode(asio::ssl::verify_peer);
  boost::system::error_code error;
  if (authorities_file.empty()) {
    context->set_default_verify_paths(error);
  } else {
    context->load_verify_file(authorities_file, error);
  }
  if (error) return fail(Reason::invalid, "cannot load the certificate authorities: " + error.message());
  return context;
}

// Shared with its deadline, which ends whatever is being waited for.
class Dialing : public std::enable_shared_from_this<Dialing> {
 public:
  Dialing(const asio::any_io_executor& loop, Url url)
      : url_(std::move(url)), resolver_(loop), socket_(loop), timer_(loop) {}

  asio::awaitable<Result<Dialed>> run(Span deadline, std::string authorities_file) {
    timer_.expires_after(deadline);
    timer_.async_wait([dialing = weak_from_this()](boost::system::error_code error) {
      if (const auto alive = dialing.lock(); alive && !error) alive->cut_off();
    });
    auto dialed = co_await connect(std::move(authorities_file));
    timer_.cancel();
    co_return dialed;
  }

 private:
  void cut_off() {
    late_ = true;
    resolver_.cancel();
    boost::system::error_code ignored;
    socket_.close(ignored);
    if (wire_) wire_->close();
  }

  asio::awaitable<Result<Dialed>> connect(std::string authorities_file) {
    const auto [not_found, ends] =
        co_await resolver_.async_resolve(url_.host, std::to_string(url_.port), outcome);
    if (not_found || late_) co_return away("looking it up", not_found.message());
    const auto [refused, end] = co_await asio::async_connect(socket_, ends, outcome);
    if (refused || late_) co_return away("connecting", refused.message());

    boost::system::error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    if (!url_.secure) co_return Dialed{plain_wire(std::move(socket_)), url_};

    auto context = trusting(authorities_file);
    if (!context) co_return std::unexpected(context.error());
    wire_ = tls_client_wire(std::move(socket_), *std::move(context), url_.host);
    if (!co_await wire_->handshake())
      co_return away("agreeing on TLS", "it does not agree, or is not trusted");
    co_return Dialed{wire_, url_};
  }

  std::unexpected<Failure> away(const std::string& doing, const std::string& why) const {
    return fail(Reason::unavailable, "cannot reach " + url_.authority() + ": " + doing + ": " +
                                         (late_ ? "no answer within the deadline" : why));
  }

  Url url_;
  tcp::resolver resolver_;
  tcp::socket socket_;
  std::shared_ptr<Wire> wire_;  // under TLS
  asio::steady_timer timer_;
  bool late_ = false;
};

}  // namespace

asio::awaitable<Result<Dialed>> dial_websocket(std::string url, Span deadline, std::string authorities_file) {
  auto parsed = websocket_url(url);
  if (!parsed) co_return std::unexpected(parsed.error());
  const auto dialing = std::make_shared<Dialing>(co_await asio::this_coro::executor, *std::move(parsed));
  co_return co_await dialing->run(deadline, std::move(authorities_file));
}

}  // namespace ringdown
