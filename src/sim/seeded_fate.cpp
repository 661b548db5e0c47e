#include "sim/seeded_fate.h"

namespace ringdown::sim {

UnitFate SeededFate::of_unit(NodeId, bool writes) {
  if (dice_.happens(faults_.per_mille(Fault::crash))) {
    return dice_.happens(500) ? UnitFate::died_before : UnitFate::died_after;
  }
  if (dice_.happens(faults_.per_mille(Fault::unit_fails))) return UnitFate::failed;
  if (!writes) return UnitFate::done;

  if (dice_.happens(faults_.per_mille(Fault::commit_lost))) {
    return dice_.happens(500) ? UnitFate::lost_done : UnitFate::lost_undone;
  }
  return dice_.happens(20) ? UnitFate::done_twice : UnitFate::done;
}

// There are many units to one request, and the moments around a request are the ones that matter.
RequestFate SeededFate::of_request(NodeId) {
  if (!dice_.happens(faults_.per_mille(Fault::crash) * 10)) return RequestFate::sent;
  return dice_.happens(500) ? RequestFate::died_before : RequestFate::died_after;
}

Span SeededFate::unit_delay(NodeId) {
  return dice_.happens(20) ? dice_.between(Span(0), 400ms) : dice_.between(Span(0), 5ms);
}

}  // namespace ringdown::sim
