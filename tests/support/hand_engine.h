// The rounds of an engine on a loop that a test turns by hand: nothing happens in between, and the clock
// moves on from one waking to the next.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>

#include "flow/engine.h"
#include "tests/support/hand_clock.h"

namespace ringdown::test {

// Knows how many units are under way.
class CountingDb : public Db {
 public:
  explicit CountingDb(Db& real) : real_(real) {}

  void submit(Unit) override;
  void on_change(std::function<void()> listener) override { real_.on_change(std::move(listener)); }
  bool is_busy() const { return under_way_ > 0; }

 private:
  Db& real_;
  std::atomic<int> under_way_ = 0;
};

class HandEngine {
 public:
  HandEngine(const flow::Engine&, HandClock&);
  ~HandEngine();

  void settle();   // until everybody sleeps
  void run(Span);  // the same, and then on, as often as somebody wakes within that time

 private:
  HandClock& clock_;
  CountingDb db_;
  boost::asio::io_context loop_{1};
};

}  // namespace ringdown::test
