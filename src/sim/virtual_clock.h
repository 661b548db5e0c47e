// A node's clock in a simulated world: the wall clock may be set, the other one only passes.
#pragma once

#include "ports/clock.h"
#include "sim/timeline.h"

namespace ringdown::sim {

class VirtualClock : public Clock {
 public:
  // `ahead`: how far its wall clock is from the true time.
  VirtualClock(Timeline& timeline, NodeId node, Span ahead)
      : timeline_(timeline), node_(node), born_(timeline.elapsed()), ahead_(ahead) {}

  Time now() const override { return timeline_.now() + ahead_; }
  Span monotonic() const override { return timeline_.elapsed() - born_; }
  Task<void> sleep_until(Time) override;

  void set_forward(Span span) { ahead_ += span; }  // back, where it is negative

 private:
  Timeline& timeline_;
  const NodeId node_;
  const Span born_;
  Span ahead_;
};

}  // namespace ringdown::sim
