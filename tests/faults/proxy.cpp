#include "tests/faults/proxy.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace ringdown::test {
namespace {

sockaddr_in loopback(int port) {
  return {.sin_family = AF_INET,
          .sin_port = htons(static_cast<std::uint16_t>(port)),
          .sin_addr = {htonl(INADDR_LOOPBACK)},
          .sin_zero = {}};
}

int connect_to(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  if (connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return socket;
  close(socket);
  return -1;
}

void without_delay(int socket) {
  const int one = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

// Cuts a stream of bytes into PostgreSQL's messages: a type, which a client's first one lacks, and a length.
class Messages {
 public:
  explicit Messages(bool first_has_type) : has_type_(first_has_type) {}

  void add(std::string_view bytes) { bytes_ += bytes; }

  std::optional<std::string> next() {
    const std::size_t head = has_type_ ? 1 : 0;
    if (bytes_.size() < head + 4) return std::nullopt;
    std::uint32_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8 | static_cast<std::uint8_t>(bytes_[head + i]);
    if (bytes_.size() < head + length) return std::nullopt;

    std::string message = bytes_.substr(0, head + length);
    bytes_.erase(0, message.size());
    has_type_ = true;
    return message;
  }

 private:
  bool has_type_;
  std::string bytes_;
};

}  // namespace

// One connection through the proxy, on a thread of its own.
class Proxy::Wire {
 public:
  Wire(Proxy& proxy, int client, int server)
      : proxy_(proxy), client_(client), server_(server), thread_([this] { carry(); }) {}
  ~Wire() {
    shutdown(client_, SHUT_RDWR);
    shutdown(server_, SHUT_RDWR);
    thread_.join();
    close(client_);
    close(server_);
  }

 private:
  void carry() {
    Messages requests(false);
    Messages answers(true);
    pollfd ends[] = {{client_, POLLIN, 0}, {server_, POLLIN, 0}};
    while (poll(ends, 2, -1) > 0) {
      if (ends[0].revents != 0 && !pass(client_, server_, requests, WirePlan::From::client)) break;
      if (ends[1].revents != 0 && !pass(server_, client_, answers, WirePlan::From::server)) break;
    }
    shutdown(client_, SHUT_RDWR);
    shutdown(server_, SHUT_RDWR);
  }

  bool pass(int from, int to, Messages& messages, WirePlan::From who) {
    char buffer[16'384];
    const auto got = recv(from, buffer, sizeof buffer, 0);
    if (got <= 0) return false;
    messages.add({buffer, static_cast<std::size_t>(got)});
    while (const auto message = messages.next()) {
      const auto verdict = proxy_.verdict(who, *message);
      const bool sent = (verdict && !verdict->passes) || send_all(to, *message);
      if (verdict) return end(verdict->then);
      if (!sent) return false;
    }
    return true;
  }

  bool end(WirePlan::Then then) {
    if (then == WirePlan::Then::hang) {
      wait_for_end(client_);
      return false;
    }
    proxy_.cut_begins();
    shutdown(client_, SHUT_RDWR);
    shutdown(server_, SHUT_WR);
    wait_for_end(server_);
    proxy_.cut_ends();
    return false;
  }

  static void wait_for_end(int socket) {
    char buffer[16'384];
    while (recv(socket, buffer, sizeof buffer, 0) > 0) {
    }
  }

  Proxy& proxy_;
  int client_;
  int server_;
  std::thread thread_;
};

Proxy::Proxy(int server_port)
    : server_port_(server_port), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 || listen(listener_, 64) != 0) {
    throw std::runtime_error("the proxy cannot listen");
  }
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::jthread([this] { accept_all(); });
}

Proxy::~Proxy() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  wires_.clear();
  close(listener_);
}

void Proxy::accept_all() {
  while (true) {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return void(client >= 0 && close(client) == 0);
    }
    const int server = admits() ? connect_to(server_port_) : -1;
    if (server < 0) {
      close(client);
      continue;
    }
    without_delay(client);
    without_delay(server);
    wires_.push_back(std::make_unique<Wire>(*this, client, server));
  }
}

bool Proxy::admits() {
  const std::lock_guard lock(mutex_);
  return !(met_ && plan_ && plan_->then == WirePlan::Then::outage);
}

void Proxy::plan(WirePlan wanted) {
  const std::lock_guard lock(mutex_);
  plan_ = std::move(wanted);
  seen_ = 0;
  met_ = false;
}

void Proxy::no_more_faults() {
  const std::lock_guard lock(mutex_);
  plan_.reset();
}

bool Proxy::met() const {
  const std::lock_guard lock(mutex_);
  return met_;
}

void Proxy::wait_until_settled() {
  std::unique_lock lock(mutex_);
  settled_.wait(lock, [&] { return cutting_ == 0; });
}

std::optional<WirePlan> Proxy::verdict(WirePlan::From from, std::string_view message) {
  const std::lock_guard lock(mutex_);
  if (!plan_ || plan_->from != from || !message.contains(plan_->only)) return std::nullopt;
  ++seen_;
  if (seen_ < plan_->nth || (met_ && plan_->then != WirePlan::Then::outage)) return std::nullopt;
  met_ = true;
  return plan_;
}

void Proxy::cut_begins() {
  const std::lock_guard lock(mutex_);
  ++cutting_;
}

void Proxy::cut_ends() {
  {
    const std::lock_guard lock(mutex_);
    --cutting_;
  }
  settled_.notify_all();
}

}  // namespace ringdown::test
