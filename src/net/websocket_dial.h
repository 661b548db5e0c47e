// The connection below a WebSocket of ours: looked up, connected and under TLS within a deadline. For
// websocket.cpp alone.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "net/url.h"
#include "net/wire.h"

namespace ringdown {

struct Dialed {
  std::shared_ptr<Wire> wire;
  Url url;
};

boost::asio::awaitable<Result<Dialed>> dial_websocket(std::string url, Span deadline,
                                                      std::string authorities_file);

}  // namespace ringdown
