// A clock whose sleepers never come back: a round without end is over once it has nothing more to do.
#pragma once

#include "tests/support/stores.h"

namespace ringdown::test {

struct NothingLeftToDo {};

class OneLookClock : public Clock {
 public:
  Time now() const override { return now_; }
  Span monotonic() const override { return now_ - tuesday; }
  Task<void> sleep_until(Time) override { throw NothingLeftToDo{}; }

  void advance(Span span) { now_ += span; }

 private:
  Time now_ = tuesday;
};

}  // namespace ringdown::test
