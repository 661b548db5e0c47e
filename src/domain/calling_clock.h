// What time it is for calls: the real time, or in a rehearsal a time of its own that runs faster. Hours, gaps,
// caps and retries go by it; leases, the carrier's pace and everything else by the machine's clock.
#pragma once

#include <boost/describe/class.hpp>

#include "base/time.h"

namespace ringdown {

struct CallingClock {
  Time real_from{};
  Time calling_from{};
  double speed = 1;

  Time calling(Time real) const { return calling_from + stretched(real - real_from, speed); }
  Time real(Time calling) const { return real_from + stretched(calling - calling_from, 1 / speed); }

  bool operator==(const CallingClock&) const = default;

 private:
  static Span stretched(Span span, double factor) {
    if (factor == 1) return span;
    return Span(static_cast<Span::rep>(static_cast<double>(span.count()) * factor));
  }
};
BOOST_DESCRIBE_STRUCT(CallingClock, (), (real_from, calling_from, speed))

}  // namespace ringdown
