// The floor of bench http: as little as a server can do and still answer. One thread per core, each with its
// own socket on the port; no parser, no time-outs, no limits: an empty line ends a request, and the answer is
// always the same bytes.
#include <unistd.h>

#include <array>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/bench/peers/epoll_server.h"

namespace ringdown::bench {
namespace {

constexpr std::string_view answer =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCache-Control: no-store\r\nContent-Length: "
    "39\r\n\r\n"
    "{\"success\":true,\"data\":{\"status\":\"ok\"}}";

void answer_client(int client) {
  std::array<char, 4096> request;
  const ssize_t got = recv(client, request.data(), request.size(), 0);
  if (got <= 0) {
    close(client);
  } else if (std::string_view(request.data(), static_cast<std::size_t>(got)).ends_with("\r\n\r\n")) {
    send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
  }
}

void serve(int listener) {
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  watch(epoll, listener);
  std::array<epoll_event, 256> events;
  while (true) {
    const int ready = epoll_wait(epoll, events.data(), events.size(), -1);
    for (int i = 0; i < ready; ++i) {
      const int socket = events[static_cast<std::size_t>(i)].data.fd;
      socket == listener ? welcome(epoll, listener) : answer_client(socket);
    }
  }
}

}  // namespace
}  // namespace ringdown::bench

int main() {
  using namespace ringdown::bench;

  std::vector<int> listeners{listen_on(0)};
  const std::uint16_t port = port_at(listeners.front());
  while (listeners.size() < std::thread::hardware_concurrency()) listeners.push_back(listen_on(port));

  std::vector<std::jthread> threads;
  for (const int listener : listeners) threads.emplace_back(serve, listener);
  say_listening(port);
}
