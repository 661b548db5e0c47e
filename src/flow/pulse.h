// Whether the rounds of this node's engine go round: each says when it is heard of, and the store keeps it,
// so that /readyz, /metrics and other nodes know. Everything here belongs to the engine's loop.
#pragma once

#include <map>

#include "flow/engine.h"
#include "store/engine_rounds.h"

namespace ringdown::flow {

class Pulse {
 public:
  void beat(const char* work, Time now, Time next_by) { rounds_[work] = {now, next_by, true}; }

  // What was not taken before.
  std::vector<store::EngineRound> take_news(Uuid node);

 private:
  struct Beat {
    Time at;
    Time next_by;
    bool is_news = false;
  };

  std::map<std::string, Beat> rounds_;
};

// The round goes on, and will be heard of again within the time that the policy gives it.
void heard(const Engine&, const char* work);

// It asks the carrier now, which may take longer.
void asks_carrier(const Engine&, const char* work);

// Writes it down, without end; the beginning is written before the rounds begin, so that nobody takes a node
// that starts for one that stands still.
Task<void> begin_pulse(Engine);
Task<void> keep_pulse(Engine);

// Since when a round of this node stands still, if one does; of an engine that was never heard of, the epoch.
std::optional<store::EngineRound> stalled_round(Tx&, Uuid node, Time now);

}  // namespace ringdown::flow
