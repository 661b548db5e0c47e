// Whoever writes rows in a bench, and what came of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "domain/workspace.h"
#include "ports/value.h"

namespace ringdown::bench {

using SteadyClock = std::chrono::steady_clock;

struct Load {
  std::uint64_t units = 0;
  double seconds = 0;
  std::vector<float> waits_ms{};  // one per unit, from asking to being durable

  double rate() const { return static_cast<double>(units) / seconds; }
};

class Contender {
 public:
  virtual ~Contender() = default;

  // Writes units for so long, `at_once` of them in flight; returns when all are durable.
  virtual Load run(int at_once, Span length) = 0;
};

// The row that everybody writes: a message that waits in the outbox, as values of store::sql::put_message.
inline constexpr Time row_time = Time{std::chrono::sys_days{std::chrono::year{2026} / 1 / 6}};
inline constexpr const char* row_kind = "email";
inline constexpr const char* row_payload =
    R"({"to":"someone@example.com","template":"missed-call","lead":"01970000-0000-7000-8000-000000000000"})";

Uuid next_row_id();

inline float ms_since(SteadyClock::time_point begun) {
  return std::chrono::duration<float, std::milli>(SteadyClock::now() - begun).count();
}

}  // namespace ringdown::bench
