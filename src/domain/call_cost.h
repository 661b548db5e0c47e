// What a call may cost at most: reserved before it is placed, replaced by what it did cost.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace ringdown {

// Millionths of the account's currency.
struct Prices {
  std::int64_t carrier_minute = 14'000;
  std::int64_t speech_minute = 300'000;
  std::int64_t reasoning_call = 30'000;
};

// Begun minutes count whole.
inline std::int64_t cost_at_most(const Prices& prices, Span talk_limit) {
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(talk_limit).count();
  return (prices.carrier_minute + prices.speech_minute) * minutes + prices.reasoning_call;
}

}  // namespace ringdown
