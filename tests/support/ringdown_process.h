// The real binary, started from outside with exactly the environment a test gives it.
#pragma once

#include "tests/support/process.h"

namespace ringdown::test {

Outcome run_ringdown(Words words, Words environment = {}, const std::string& input = {});

// `ringdown serve`; on a free port unless the flags name one.
class RunningRingdown : public RunningServer {
 public:
  explicit RunningRingdown(Words flags, Words environment = {});

  // The status and body of GET path.
  std::pair<int, std::string> get(const std::string& path) const;
};

}  // namespace ringdown::test
