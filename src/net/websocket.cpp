#include "net/websocket.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>

#include "net/websocket_dial.h"
#include "net/wire_stream.h"

namespace ringdown {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;

constexpr auto outcome = asio::as_tuple(asio::use_awaitable);

http::request<http::empty_body> request_of(const RequestHead& head) {
  http::request<http::empty_body> request(http::verb::get, head.target, 11);
  for (const Header& header : head.headers) request.insert(header.name, header.value);
  return request;
}

Response no_websocket() {
  return {
      .status = 426, .headers = {{"Upgrade", "websocket"}}, .body = "this address speaks WebSocket only\n"};
}

}  // namespace

class WebSocket::Core : public std::enable_shared_from_this<Core> {
 public:
  Core(const asio::any_io_executor& loop, std::shared_ptr<Wire> wire, std::string arrived,
       const WebSocketLimits& limits)
      : limits_(limits), stream_(WireStream(loop, std::move(wire), std::move(arrived))), written_(loop) {
    websocket::stream_base::timeout patience{};
    patience.handshake_timeout = limits.handshake_time;
    patience.idle_timeout = websocket::stream_base::none();
    patience.keep_alive_pings = false;
    stream_.set_option(patience);
    stream_.read_message_max(limits.message_bytes_max);
    stream_.auto_fragment(false);
  }

  asio::awaitable<bool> answer(const RequestHead& head) {
    const auto [error] = co_await stream_.async_accept(request_of(head), outcome);
    co_return !error;
  }

  asio::awaitable<Result<void>> ask(std::string authority, std::string target, Headers headers) {
    stream_.set_option(
        websocket::stream_base::decorator([headers = std::move(headers)](websocket::request_type& request) {
          for (const Header& header : headers) request.set(header.name, header.value);
        }));
    websocket::response_type answer;
    const auto [error] = co_await stream_.async_handshake(answer, authority, target, outcome);
    if (!error) co_return Result<void>{};
    const bool declined = error == websocket::error::upgrade_declined;
    co_return fail(Reason::unavailable,
                   authority + " takes no WebSocket: " +
                       (declined ? "it answered " + std::to_string(answer.result_int()) : error.message()));
  }

  asio::awaitable<Result<WebSocketMessage>> next() {
    WebSocketMessage message;
    auto buffer = asio::dynamic_buffer(message.data);
    const auto [error, bytes] = co_await stream_.async_read(buffer, outcome);
    if (error) {
      gone_ = true;
      co_return fail(error == websocket::error::message_too_big ? Reason::too_large : Reason::unavailable,
                     "the WebSocket ended: " + error.message());
    }
    message.binary = stream_.got_binary();
    co_return message;
  }

  bool send(WebSocketMessage message) {
    if (!is_open() || waiting_bytes_ + message.data.size() > limits_.waiting_bytes_max) return false;
    waiting_bytes_ += message.data.size();
    waiting_.push_back(std::move(message));
    start_writing();
    return true;
  }

  asio::awaitable<void> close() {
    closing_ = true;
    start_writing();
    while (writing_) {
      written_.expires_after(limits_.handshake_time);
      const auto [woken] = co_await written_.async_wait(outcome);
      if (!woken) stream_.next_layer().close();  // it takes nothing any more
    }
  }

  bool is_open() const { return !gone_ && !closing_ && stream_.is_open(); }

 private:
  void start_writing() {
    if (!std::exchange(writing_, true)) {
      asio::co_spawn(stream_.get_executor(), write(shared_from_this()), asio::detached);
    }
  }

  static asio::awaitable<void> write(std::shared_ptr<Core> core) {
    while (!core->waiting_.empty() && core->stream_.is_open()) {
      const WebSocketMessage message = std::move(core->waiting_.front());
      core->waiting_.pop_front();
      core->stream_.binary(message.binary);
      const auto [error, bytes] = co_await core->stream_.async_write(asio::buffer(message.data), outcome);
      core->waiting_bytes_ -= message.data.size();
      if (error) core->gone_ = true;
    }
    if (core->closing_ && core->stream_.is_open()) {
      co_await core->stream_.async_close(websocket::close_code::normal, outcome);
    }
    core->writing_ = false;
    core->written_.cancel();
  }

  WebSocketLimits limits_;
  websocket::stream<WireStream> stream_;
  asio::steady_timer written_;  // cancelled when nothing is being written
  std::deque<WebSocketMessage> waiting_;
  std::size_t waiting_bytes_ = 0;  // with the one being written
  bool writing_ = false;
  bool closing_ = false;
  bool gone_ = false;
};

asio::awaitable<Result<WebSocket>> WebSocket::connect(std::string url, Headers headers,
                                                      WebSocketLimits limits, std::string authorities_file) {
  auto dialed = co_await dial_websocket(std::move(url), limits.handshake_time, std::move(authorities_file));
  if (!dialed) co_return std::unexpected(dialed.error());

  const auto loop = co_await asio::this_coro::executor;
  const auto core = std::make_shared<Core>(loop, std::move(dialed->wire), "", limits);
  const auto agreed = co_await core->ask(dialed->url.authority(), dialed->url.target, std::move(headers));
  if (!agreed) co_return std::unexpected(agreed.error());
  co_return WebSocket(core);
}

Response WebSocket::accept(const Request& request, WebSocketLimits limits, Talk talk) {
  if (!websocket::is_upgrade(request_of(request))) return no_websocket();

  Response response{.status = 101};
  response.upgrade = [limits, talk = std::move(talk)](
                         std::shared_ptr<Wire> wire, std::string arrived,
                         const RequestHead& head) mutable -> asio::awaitable<void> {
    const auto loop = co_await asio::this_coro::executor;
    WebSocket socket(std::make_shared<Core>(loop, std::move(wire), std::move(arrived), limits));
    if (!co_await socket.core_->answer(head)) co_return;
    co_await talk(socket);
    co_await socket.close();
  };
  return response;
}

asio::awaitable<Result<WebSocketMessage>> WebSocket::next() {
  return core_->next();
}

bool WebSocket::send(std::string text) {
  return core_->send({std::move(text), false});
}

bool WebSocket::send_binary(std::string data) {
  return core_->send({std::move(data), true});
}

asio::awaitable<void> WebSocket::close() {
  return core_->close();
}

bool WebSocket::is_open() const {
  return core_->is_open();
}

}  // namespace ringdown
