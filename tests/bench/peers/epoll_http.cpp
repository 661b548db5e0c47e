// The floor of bench http: as little as a server can do and still answer. One thread per core, each with its
// own socket on the port; no parser, no time-outs, no limits: an empty line ends a request, and the answer is
// always the same bytes.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <thread>
#include <vector>

namespace {

constexpr std::string_view answer =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCache-Control: no-store\r\nContent-Length: "
    "39\r\n\r\n"
    "{\"success\":true,\"data\":{\"status\":\"ok\"}}";

int listen_on(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool bound = bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  return bound && listen(socket, SOMAXCONN) == 0 ? socket : -1;
}

std::uint16_t port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

void watch(int epoll, int socket) {
  epoll_event event{.events = EPOLLIN, .data = {.fd = socket}};
  epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
}

void welcome(int epoll, int listener) {
  const int client = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  const int yes = 1;
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  watch(epoll, client);
}

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

int main() {
  std::vector<int> listeners{listen_on(0)};
  const std::uint16_t port = port_of(listeners.front());
  while (listeners.size() < std::thread::hardware_concurrency()) listeners.push_back(listen_on(port));

  std::vector<std::jthread> threads;
  for (const int listener : listeners) threads.emplace_back(serve, listener);
  std::printf("listening on http://127.0.0.1:%u\n", port);
  std::fflush(stdout);
}
