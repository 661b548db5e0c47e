// What the disk itself allows: a page appended to a file and forced to the disk, one after the other.
#pragma once

#include <string>

#include "tests/bench/contender.h"

namespace ringdown::bench {

class DiskFloor : public Contender {
 public:
  explicit DiskFloor(const std::string& path);
  ~DiskFloor() override;

  Load run(int at_once, Span length) override;

 private:
  int file_;
};

}  // namespace ringdown::bench
