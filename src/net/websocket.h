// A WebSocket, as the one who calls and as the one who is called: whole messages in and out, both bounded. On
// one loop. Beast stays behind it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "net/http.h"

namespace ringdown {

struct WebSocketLimits {
  Span handshake_time = 10s;  // from looking up the host; for saying goodbye too
  std::size_t message_bytes_max = 64 * 1024;
  std::size_t waiting_bytes_max = 1024 * 1024;  // to be sent
};

struct WebSocketMessage {
  std::string data{};
  bool binary = false;
};

class WebSocket {
 public:
  // `url` is ws:// or wss://; `authorities_file`: PEM certificates to trust in place of the system's. Fails
  // with `unavailable`.
  static boost::asio::awaitable<Result<WebSocket>> connect(std::string url, Headers headers,
                                                           WebSocketLimits = {},
                                                           std::string authorities_file = {});

  // The answer to a request that wants one: `talk` has it until it comes back, and then it is closed. Any
  // other request is refused.
  using Talk = std::move_only_function<boost::asio::awaitable<void>(WebSocket&)>;
  static Response accept(const Request&, WebSocketLimits, Talk talk);

  // The next message; fails once the peer is gone, breaks the protocol or sends too much.
  boost::asio::awaitable<Result<WebSocketMessage>> next();

  // Sent in their order as fast as the peer takes them. False where it is closed, or where too much waits
  // already: then this one is left out.
  bool send(std::string text);
  bool send_binary(std::string data);

  // Sends what waits, then says goodbye. Whoever waits for a message gets none.
  boost::asio::awaitable<void> close();

  bool is_open() const;

 private:
  class Core;
  explicit WebSocket(std::shared_ptr<Core> core) : core_(std::move(core)) {}

  std::shared_ptr<Core> core_;
};

}  // namespace ringdown
