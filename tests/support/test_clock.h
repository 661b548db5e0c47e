// A clock that stands still on a Tuesday until a test moves it on.
#pragma once

#include "tests/support/hand_clock.h"
#include "tests/support/stores.h"

namespace ringdown::test {

class TestClock : public HandClock {
 public:
  TestClock() : HandClock(tuesday) {}
};

}  // namespace ringdown::test
