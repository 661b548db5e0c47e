#include "api/dialing.h"

#include "api/api.h"

namespace ringdown {

Result<flow::Engine> engine_of(const Asked& asked) {
  if (asked.api.engine != nullptr) return *asked.api.engine;
  return fail(Reason::unavailable, "this server does not dial");
}

double whole_units(std::int64_t micros) {
  constexpr double unit = 1'000'000;
  return static_cast<double>(micros) / unit;
}

}  // namespace ringdown
