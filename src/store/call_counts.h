// How often what happened to calls: counters that only grow. Units of the workspace.
#pragma once

#include <boost/describe/class.hpp>
#include <string>
#include <vector>

#include "domain/call.h"
#include "ports/db.h"

namespace ringdown::store {

inline constexpr const char* rang_late = "rang_late";  // after it was given up or forbidden

struct CallCount {
  std::string what;     // the status in which a call ended, or rang_late
  std::string outcome;  // empty where there is none
  std::int64_t times = 0;

  bool operator==(const CallCount&) const = default;
};
BOOST_DESCRIBE_STRUCT(CallCount, (), (what, outcome, times))

void count_ended(Tx&, const Call&);
void count_rang_late(Tx&, CallId);
std::vector<CallCount> call_counts(Tx&);

}  // namespace ringdown::store
