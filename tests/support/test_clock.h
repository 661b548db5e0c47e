// A clock that stands still until a test moves it.
#pragma once

#include <atomic>

#include "base/expect.h"
#include "ports/clock.h"
#include "tests/support/stores.h"

namespace ringdown::test {

class TestClock : public Clock {
 public:
  Time now() const override { return tuesday + passed(); }
  Span monotonic() const override { return passed(); }
  Task<void> sleep_until(Time) override {
    expect(false, "nothing waits by this clock");
    co_return;
  }

  void advance(Span span) { passed_ += span.count(); }

 private:
  Span passed() const { return Span{passed_.load()}; }

  std::atomic<std::int64_t> passed_ = 0;
};

}  // namespace ringdown::test
