// Many listeners to one stream of events, on one thread. GET /events is the stream and begins with an id once
// events would reach it; GET /publish?N makes N events.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tests/bench/rounds.h"

namespace ringdown::bench {

class EventLoad {
 public:
  EventLoad(std::uint16_t port, int listeners);
  ~EventLoad();

  EventLoad(const EventLoad&) = delete;
  EventLoad& operator=(const EventLoad&) = delete;

  // Publishes so many; comes back when every listener has them all. A unit is one event at one listener, a
  // wait the time until one listener has all of the round.
  Load run(int events);

 private:
  // Finds a text in what arrives, however it is cut into pieces. It begins with a line feed and has no other.
  struct Listener {
    int socket;
    std::size_t matched = 0;
    int found = 0;
  };

  template <class Done>
  void read_until(std::string_view sought, int times, Done done);

  int epoll_;
  int publisher_;
  std::vector<Listener> listeners_;
};

}  // namespace ringdown::bench
