// How the product does as a whole, from queries that stay cheap however much there is.
#pragma once

#include "ports/db.h"
#include "store/call_counts.h"
#include "store/engine_rounds.h"

namespace ringdown::flow {

struct Vitals {
  std::vector<store::CallCount> ended;  // sorted, over all workspaces
  std::int64_t late_rings = 0;
  std::int64_t live_calls = 0;
  std::int64_t ready = 0;    // places in the line
  std::int64_t waiting = 0;  // likewise
  std::vector<store::EngineRound> rounds;
  bool has_more = false;  // workspaces that were not asked
};

Task<Vitals> vitals(Db&);

inline constexpr int workspaces_asked_max = 1000;
inline constexpr std::int64_t places_counted_max = 100'000;  // of each state in a workspace

}  // namespace ringdown::flow
