// What time it is, and the only way to wait: real in the product, virtual in the simulator. Any thread may ask.
#pragma once

#include "base/time.h"
#include "ports/task.h"

namespace ringdown {

class Clock {
 public:
  virtual ~Clock() = default;

  virtual Time now() const = 0;        // the wall clock, which may jump
  virtual Span monotonic() const = 0;  // since some moment of this process; never jumps
  virtual Task<void> sleep_until(Time) = 0;
};

}  // namespace ringdown
