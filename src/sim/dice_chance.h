// The product's chance, from dice.
#pragma once

#include "ports/chance.h"
#include "sim/dice.h"

namespace ringdown::sim {

class DiceChance : public Chance {
 public:
  explicit DiceChance(Dice dice) : dice_(dice) {}

  void fill(std::span<std::uint8_t> bytes) override {
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(dice_.number() >> 56);
  }

 private:
  Dice dice_;
};

}  // namespace ringdown::sim
