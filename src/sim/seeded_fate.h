// Fate by the faults of a seed.
#pragma once

#include "sim/fate.h"
#include "sim/faults.h"

namespace ringdown::sim {

class SeededFate : public Fate {
 public:
  SeededFate(const Faults& faults, Dice dice) : faults_(faults), dice_(dice) {}

  UnitFate of_unit(NodeId, bool writes) override;
  RequestFate of_request(NodeId) override;
  Span unit_delay(NodeId) override;

 private:
  const Faults& faults_;
  Dice dice_;
};

}  // namespace ringdown::sim
