// Sends requests over keep-alive connections from one thread: each connection sends its next one when the
// answer to the last is there. Without pipelining, so a wait is what a client waits.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/rounds.h"

namespace ringdown::bench {

// A connection to 127.0.0.1 that does not block. Its own address changes with `which`, because the product
// takes only so many connections from one.
int connect_to(std::uint16_t port, std::size_t which);

// Of http://127.0.0.1:PORT
std::uint16_t port_of(std::string_view address);

class HttpLoad {
 public:
  using Requests = std::function<std::string_view()>;  // the next one, whole; valid until it is asked again

  HttpLoad(std::uint16_t port, Requests requests, int connections);
  HttpLoad(std::uint16_t port, std::string_view path, int connections);  // GET, always the same
  ~HttpLoad();

  HttpLoad(const HttpLoad&) = delete;
  HttpLoad& operator=(const HttpLoad&) = delete;

  // Comes back when so many answers are there; throws when one of them is neither 200 nor 204.
  Load run(std::uint64_t requests);

 private:
  struct Connection {
    int socket;
    SteadyClock::time_point asked{};
    std::string arrived{};
  };

  void ask(Connection&);
  bool read_answer(Connection&) const;  // false: the rest is still on its way

  Requests requests_;
  int epoll_;
  std::vector<Connection> connections_;
};

}  // namespace ringdown::bench
