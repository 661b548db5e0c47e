// What a stream has been sent to play, as the time it takes: nobody hears it, but marks come back when they
// would.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/call.h"

namespace ringdown::sandbox {

class Playback {
 public:
  explicit Playback(double speed) : speed_(speed) {}

  bool add(std::size_t bytes, SteadyTime now);      // false: too much waits already, and it is thrown away
  bool mark(std::string name, SteadyTime now);      // the same
  std::vector<std::string> clear(SteadyTime now);   // all marks that waited
  std::vector<std::string> played(SteadyTime now);  // marks before which everything has been played
  std::optional<SteadyTime> next_mark() const;

 private:
  double speed_;
  SteadyTime ends_{};  // what has been added
  std::deque<std::pair<SteadyTime, std::string>> marks_;
};

}  // namespace ringdown::sandbox
