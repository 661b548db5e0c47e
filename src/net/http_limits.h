// What a client may use up, and for how long. Every bound of the server stands here.
#pragma once

#include <cstddef>

#include "base/time.h"
#include "net/request_head.h"

namespace ringdown {

struct HttpLimits {
  HeadLimits head{};
  Span head_time = 10s;  // from the first byte (or the connection) to the empty line; the TLS handshake too
  Span body_idle_time = 30s;    // between two pieces of a body
  Span request_time = 60s;      // for the whole body, unless the route plans otherwise
  Span keep_alive_time = 75s;   // between two requests
  Span write_stall_time = 30s;  // for 64 KiB to be taken by the client
  Span linger_time = 2s;        // for the client to read the last answer of a connection
  std::size_t connections_max = 10'000;
  std::size_t connections_per_address_max = 512;  // trusted proxies stand for many and are not counted
};

}  // namespace ringdown
