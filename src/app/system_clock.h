// The real clock, and real waiting on the loop of whoever waits.
#pragma once

#include "ports/clock.h"

namespace ringdown {

class SystemClock : public Clock {
 public:
  Time now() const override;
  Span monotonic() const override;
  Task<void> sleep_until(Time) override;
};

}  // namespace ringdown
