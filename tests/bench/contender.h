// Whoever writes rows in a bench, and what came of it.
#pragma once

#include "domain/workspace.h"
#include "ports/value.h"
#include "tests/bench/rounds.h"

namespace ringdown::bench {

class Contender {
 public:
  virtual ~Contender() = default;

  // Writes units for so long, `at_once` of them in flight; returns when all are durable. Leaves the CPU time
  // to the caller.
  virtual Load run(int at_once, Span length) = 0;
};

// The row that everybody writes: a message that waits in the outbox, as values of store::sql::put_message.
inline constexpr Time row_time = Time{std::chrono::sys_days{std::chrono::year{2026} / 1 / 6}};
inline constexpr const char* row_kind = "email";
inline constexpr const char* row_payload =
    R"({"to":"someone@example.com","template":"missed-call","lead":"01970000-0000-7000-8000-000000000000"})";

Uuid next_row_id();

}  // namespace ringdown::bench
