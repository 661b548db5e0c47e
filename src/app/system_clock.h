// The machine's own clock. Any thread may ask; a sleeper wakes on its own loop.
#pragma once

#include "ports/clock.h"

namespace ringdown {

class SystemClock : public Clock {
 public:
  Time now() const override;
  Span monotonic() const override;

  // Also comes back when the span that was meant has passed and the wall clock was set back meanwhile.
  Task<void> sleep_until(Time) override;
};

}  // namespace ringdown
