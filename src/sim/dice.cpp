#include "sim/dice.h"

#include "base/expect.h"

namespace ringdown::sim {

// SplitMix64.
std::uint64_t Dice::number() {
  std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

int Dice::below(int bound) {
  expect(bound > 0, "dice have at least one side");
  return static_cast<int>(number() % static_cast<std::uint64_t>(bound));
}

Span Dice::between(Span least, Span most) {
  expect(least <= most, "a range of spans begins before it ends");
  const auto width = static_cast<std::uint64_t>((most - least).count()) + 1;
  return least + Span(static_cast<std::int64_t>(number() % width));
}

bool Dice::happens(int per_mille) {
  return below(1000) < per_mille;
}

}  // namespace ringdown::sim
