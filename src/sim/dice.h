// Chance that a seed repeats: the same numbers on every machine. Each part of a world has dice of its own, so
// that one which rolls more often does not change what befalls the others.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace ringdown::sim {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t number();
  int below(int bound);  // 0 … bound-1
  Span between(Span least, Span most);
  bool happens(int per_mille);

  Dice fork() { return Dice(number()); }

 private:
  std::uint64_t state_;
};

}  // namespace ringdown::sim
