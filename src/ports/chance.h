// Where random bits come from: the operating system in the product, a seed in the simulator. Any thread may ask.
#pragma once

#include <cstdint>
#include <span>

#include "base/ids.h"

namespace ringdown {

class Chance {
 public:
  virtual ~Chance() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;

  std::uint64_t number();

  template <class Of>
  Id<Of> id(Time now) {
    return {uuid_v7(now, {number(), number()})};
  }
};

// getrandom(2): good enough for tokens as well.
class SystemChance : public Chance {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace ringdown
