#include "sim/virtual_clock.h"

#include <algorithm>

namespace ringdown::sim {
namespace {

// The product's clock looks every ten seconds whether it was set; here that would be most of what happens.
constexpr Span look_again_after = 60s;

}  // namespace

Task<void> VirtualClock::sleep_until(Time time) {
  const Span until = monotonic() + (time - now());
  while (now() < time && monotonic() < until) {
    co_await timeline_.pause(std::min({time - now(), until - monotonic(), look_again_after}), node_);
  }
}

}  // namespace ringdown::sim
