// So many within a span, whatever it is that is counted.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"

namespace ringdown {

// When one more stays within the cap; nothing where the cap allows none. A moment of the past means now.
inline std::optional<Time> room_under_cap(std::span<const Time> times, int cap, Span within) {
  if (cap <= 0) return {};
  if (times.size() < static_cast<std::size_t>(cap)) return Time::min();
  std::vector<Time> latest(static_cast<std::size_t>(cap));
  std::ranges::partial_sort_copy(times, latest, std::greater{});
  return latest.back() + within;
}

}  // namespace ringdown
