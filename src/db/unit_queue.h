// Units of work that wait for a store thread: urgent before normal before bulk, bounded, first come first served
// within each. The store threads' only lock.
#pragma once

#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "ports/db.h"

namespace ringdown {

class UnitQueue {
 public:
  explicit UnitQueue(std::size_t waiting_max) : waiting_max_(waiting_max) {}

  // Takes the unit, or answers it with Breakage{unavailable} when the queue is full or closed.
  void push(Unit);

  std::optional<Unit> take();      // waits; nothing once the queue is closed and empty
  std::optional<Unit> try_take();  // does not wait

  void close();  // what waits is still taken, nothing new is let in

 private:
  std::optional<Unit> pop();

  const std::size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable filled_;
  std::array<std::deque<Unit>, 3> lines_;  // one per Urgency
  std::size_t waiting_ = 0;
  bool closed_ = false;
};

// Answers a unit that was never run.
void refuse(Unit& unit, const std::string& why);

}  // namespace ringdown
