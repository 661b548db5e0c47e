// Sound as the telephone has it.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/time.h"

namespace ringdown::sandbox {

using Samples = std::vector<std::int16_t>;
using SamplesPtr = std::shared_ptr<const Samples>;

inline constexpr std::int64_t samples_per_second = 8000;

inline std::int64_t samples_in(Span span) {
  return span.count() * samples_per_second / std::chrono::microseconds(1s).count();
}

}  // namespace ringdown::sandbox
