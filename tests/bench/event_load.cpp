#include "tests/bench/event_load.h"

#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string>

#include "tests/bench/http_load.h"

namespace ringdown::bench {
namespace {

constexpr int patience_ms = 10'000;

void ask(int socket, std::string_view target) {
  const std::string request = fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", target);
  if (send(socket, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
    throw std::runtime_error("a server does not take a request");
  }
}

int count(std::string_view sought, std::string_view arrived, std::size_t& matched) {
  int found = 0;
  for (const char c : arrived) {
    matched = c == sought[matched] ? matched + 1 : c == sought[0] ? 1 : 0;
    if (matched < sought.size()) continue;
    ++found;
    matched = 0;
  }
  return found;
}

}  // namespace

EventLoad::EventLoad(std::uint16_t port, int listeners)
    : epoll_(epoll_create1(EPOLL_CLOEXEC)), publisher_(connect_to(port, 0)) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(listeners); ++i) {
    listeners_.push_back({connect_to(port, i)});
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, listeners_.back().socket, &event);
    ask(listeners_.back().socket, "/events");
  }
  read_until("\nid: ", 1, [] {});
}

EventLoad::~EventLoad() {
  for (const Listener& listener : listeners_) close(listener.socket);
  close(publisher_);
  close(epoll_);
}

Load EventLoad::run(int events) {
  Load load{.units = listeners_.size() * static_cast<std::uint64_t>(events)};
  const auto begun = SteadyClock::now();
  ask(publisher_, fmt::format("/publish?{}", events));
  read_until("\ndata: ", events, [&] { load.waits_ms.push_back(ms_since(begun)); });
  load.seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();

  std::array<char, 4096> answer;
  if (recv(publisher_, answer.data(), answer.size(), 0) <= 0) throw std::runtime_error("nobody publishes");
  return load;
}

template <class Done>
void EventLoad::read_until(std::string_view sought, int times, Done done) {
  for (Listener& listener : listeners_) listener.matched = 0, listener.found = 0;
  for (std::size_t waiting = listeners_.size(); waiting > 0;) {
    std::array<epoll_event, 256> events;
    const int ready = epoll_wait(epoll_, events.data(), events.size(), patience_ms);
    if (ready <= 0)
      throw std::runtime_error(fmt::format("{} listeners got nothing for ten seconds", waiting));
    for (int i = 0; i < ready; ++i) {
      Listener& listener = listeners_[events[static_cast<std::size_t>(i)].data.u64];
      std::array<char, 64 * 1024> piece;
      const ssize_t got = recv(listener.socket, piece.data(), piece.size(), 0);
      if (got <= 0) throw std::runtime_error("a server dropped a listener");

      const bool waited = listener.found < times;
      listener.found += count(sought, {piece.data(), static_cast<std::size_t>(got)}, listener.matched);
      if (!waited || listener.found < times) continue;
      --waiting;
      done();
    }
  }
}

}  // namespace ringdown::bench
