#include "tests/http/raw_client.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

namespace ringdown::test {
namespace {

sockaddr_in loopback(const char* address, std::uint16_t port) {
  sockaddr_in end{};
  end.sin_family = AF_INET;
  end.sin_port = htons(port);
  inet_pton(AF_INET, address, &end.sin_addr);
  return end;
}

const sockaddr* generic(const sockaddr_in& end) {
  return reinterpret_cast<const sockaddr*>(&end);
}

}  // namespace

RawClient::RawClient(std::uint16_t port, const char* from, int receive_buffer)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval minute{.tv_sec = 60, .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &minute, sizeof minute);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &minute, sizeof minute);
  if (receive_buffer > 0) setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);

  const sockaddr_in own = loopback(from == nullptr ? "127.0.0.1" : from, 0);
  const sockaddr_in server = loopback("127.0.0.1", port);
  if (bind(socket_, generic(own), sizeof own) != 0 || connect(socket_, generic(server), sizeof server) != 0) {
    throw std::runtime_error("cannot connect to the server under test");
  }
}

RawClient::~RawClient() {
  if (socket_ >= 0) close(socket_);
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), arrived_(std::move(other.arrived_)) {}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::end_sending() {
  shutdown(socket_, SHUT_WR);
}

std::optional<RawAnswer> RawClient::answer(bool head_only) {
  RawAnswer answer{.head = read_until("\r\n\r\n")};
  if (!answer.head.ends_with("\r\n\r\n")) return std::nullopt;
  answer.status = std::stoi(answer.head.substr(9, 3));

  constexpr std::string_view name = "Content-Length: ";
  const auto length_at = answer.head.find(name);
  const std::size_t length =
      length_at == std::string::npos ? 0 : std::stoul(answer.head.substr(length_at + name.size()));
  if (head_only) return answer;
  if (answer.head.contains("Transfer-Encoding: chunked")) {
    if (!read_chunks(answer.body)) return std::nullopt;
    return answer;
  }
  while (arrived_.size() < length) {
    if (!read_more()) return std::nullopt;
  }
  answer.body = arrived_.substr(0, length);
  arrived_.erase(0, length);
  return answer;
}

bool RawClient::read_chunks(std::string& body) {
  while (true) {
    const std::string size = read_until("\r\n");
    if (!size.ends_with("\r\n")) return false;
    const std::size_t length = std::stoul(size, nullptr, 16);
    while (arrived_.size() < length + 2) {
      if (!read_more()) return false;
    }
    body.append(arrived_, 0, length);
    arrived_.erase(0, length + 2);
    if (length == 0) return true;
  }
}

std::string RawClient::read_until(std::string_view mark) {
  while (!arrived_.contains(mark)) {
    if (!read_more()) return std::exchange(arrived_, {});
  }
  const auto end = arrived_.find(mark) + mark.size();
  std::string text = arrived_.substr(0, end);
  arrived_.erase(0, end);
  return text;
}

std::string RawClient::read_to_end() {
  while (read_more()) {
  }
  return std::exchange(arrived_, {});
}

bool RawClient::read_more() {
  char space[16 * 1024];
  const ssize_t bytes = recv(socket_, space, sizeof space, 0);
  if (bytes < 0 && errno == EAGAIN)
    throw std::runtime_error("the server under test has been silent for a minute");
  if (bytes <= 0) return false;
  arrived_.append(space, static_cast<std::size_t>(bytes));
  return true;
}

std::string get(std::string_view target, std::string_view more_headers) {
  std::string text = "GET ";
  text.append(target).append(" HTTP/1.1\r\nHost: a.example\r\n").append(more_headers);
  return text.append("\r\n");
}

}  // namespace ringdown::test
