#include "tests/bench/http_load.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "net/http.h"

namespace ringdown::bench {
namespace {

constexpr std::size_t connections_per_address = 400;
constexpr int patience_ms = 10'000;

std::runtime_error problem(const char* doing) {
  return std::runtime_error(fmt::format("the load generator cannot {}: {}", doing, std::strerror(errno)));
}

sockaddr_in loopback(std::uint16_t port, std::size_t host) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + static_cast<std::uint32_t>(host));
  return address;
}

// How long the body is that a complete head announces.
std::size_t body_length(std::string_view head) {
  for (auto line = head.find("\r\n"); line != std::string_view::npos; line = head.find("\r\n", line + 2)) {
    constexpr std::string_view name = "content-length:";
    const std::string_view rest = head.substr(line + 2);
    if (same_word(rest.substr(0, name.size()), name)) {
      return std::strtoull(rest.data() + name.size(), nullptr, 10);
    }
  }
  throw std::runtime_error(fmt::format("an answer has no content-length: {}", head));
}

}  // namespace

int connect_to(std::uint16_t port, std::size_t which) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in from = loopback(0, which / connections_per_address);
  const sockaddr_in to = loopback(port, 0);
  const int yes = 1;
  if (socket < 0 || bind(socket, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0 ||
      connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 ||
      setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) != 0) {
    throw problem("connect");
  }
  return socket;
}

std::uint16_t port_of(std::string_view address) {
  const std::string port(address.substr(address.rfind(':') + 1));
  return static_cast<std::uint16_t>(std::atoi(port.c_str()));
}

HttpLoad::HttpLoad(std::uint16_t port, std::string_view path, int connections)
    : HttpLoad(
          port,
          [request = fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept: application/json\r\n\r\n",
                                 path, port)] { return std::string_view(request); },
          connections) {}

HttpLoad::HttpLoad(std::uint16_t port, Requests requests, int connections)
    : requests_(std::move(requests)), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(connections); ++i) {
    connections_.push_back({connect_to(port, i)});
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, connections_.back().socket, &event) != 0)
      throw problem("watch a socket");
  }
}

HttpLoad::~HttpLoad() {
  for (const Connection& connection : connections_) close(connection.socket);
  close(epoll_);
}

Load HttpLoad::run(std::uint64_t requests) {
  Load load;
  load.waits_ms.reserve(requests);
  std::uint64_t asked = 0;
  const auto begun = SteadyClock::now();
  for (Connection& connection : connections_) {
    if (asked++ < requests) ask(connection);
  }
  while (load.units < requests) {
    std::array<epoll_event, 256> events;
    const int ready = epoll_wait(epoll_, events.data(), events.size(), patience_ms);
    if (ready <= 0) throw std::runtime_error("a server answered nothing for ten seconds");
    for (int i = 0; i < ready; ++i) {
      Connection& connection = connections_[events[static_cast<std::size_t>(i)].data.u64];
      if (!read_answer(connection)) continue;
      load.waits_ms.push_back(ms_since(connection.asked));
      ++load.units;
      if (asked++ < requests) ask(connection);
    }
  }
  load.seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
  return load;
}

void HttpLoad::ask(Connection& connection) {
  connection.asked = SteadyClock::now();
  const std::string_view request = requests_();
  if (send(connection.socket, request.data(), request.size(), MSG_NOSIGNAL) != std::ssize(request))
    throw problem("ask");
}

bool HttpLoad::read_answer(Connection& connection) const {
  std::array<char, 4096> piece;
  const ssize_t got = recv(connection.socket, piece.data(), piece.size(), 0);
  if (got <= 0) throw problem("read an answer");
  connection.arrived.append(piece.data(), static_cast<std::size_t>(got));

  const auto head_end = connection.arrived.find("\r\n\r\n");
  if (head_end == std::string::npos) return false;
  const std::string_view head = std::string_view(connection.arrived).substr(0, head_end);
  const bool is_bare = head.starts_with("HTTP/1.1 204 ");
  if (!is_bare && !head.starts_with("HTTP/1.1 200 "))
    throw std::runtime_error(fmt::format("a server answered: {}", connection.arrived));
  const std::size_t body = is_bare ? 0 : body_length(head);
  if (connection.arrived.size() < head_end + 4 + body) return false;
  connection.arrived.clear();
  return true;
}

}  // namespace ringdown::bench
