// The floor of the listeners in bench http: one thread, no store, every event one send() per listener.
// GET /events is the stream, GET /publish?N makes N events.
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/peers/epoll_server.h"

namespace ringdown::bench {
namespace {

constexpr std::string_view stream_begins =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\nid: 0-0\n\n";
constexpr std::string_view event =
    "id: 0-1\nevent: lead\ndata: {\"topic\":\"lead\",\"entity\":\"01970000-0000-7000-8000-000000000000\","
    "\"at\":\"2026-01-06T10:00:00.000000Z\"}\n\n";
constexpr std::string_view published = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
constexpr std::string_view publish = "GET /publish?";

void send_all(int socket, std::string_view text) {
  send(socket, text.data(), text.size(), MSG_NOSIGNAL);
}

class Broadcaster {
 public:
  void answer(int client) {
    std::array<char, 4096> buffer;
    const ssize_t got = recv(client, buffer.data(), buffer.size(), 0);
    const std::string request(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    if (request.empty()) {
      std::erase(listeners_, client);
      close(client);
    } else if (request.starts_with(publish)) {
      broadcast(std::atoi(request.c_str() + publish.size()));
      send_all(client, published);
    } else {
      listeners_.push_back(client);
      send_all(client, stream_begins);
    }
  }

 private:
  void broadcast(int events) {
    for (int i = 0; i < events; ++i) {
      for (const int listener : listeners_) send_all(listener, event);
    }
  }

  std::vector<int> listeners_;
};

void serve(int listener) {
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  watch(epoll, listener);
  Broadcaster broadcaster;
  std::array<epoll_event, 256> events;
  while (true) {
    const int ready = epoll_wait(epoll, events.data(), events.size(), -1);
    for (int i = 0; i < ready; ++i) {
      const int socket = events[static_cast<std::size_t>(i)].data.fd;
      socket == listener ? welcome(epoll, listener) : broadcaster.answer(socket);
    }
  }
}

}  // namespace
}  // namespace ringdown::bench

int main() {
  using namespace ringdown::bench;

  const int listener = listen_on(0);
  say_listening(port_at(listener));
  serve(listener);
}
