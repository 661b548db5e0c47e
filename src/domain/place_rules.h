// May a call that may_dial allows go out at this moment? Asked in the same transaction; what holds it back
// here is ours, not the law's.
#pragma once

#include <cstdint>
#include <optional>

#include "domain/verdict.h"

namespace ringdown {

struct Budget {
  std::int64_t limit_micros = 0;  // millionths of the account's currency
  std::int64_t spent_micros = 0;
  std::int64_t reserved_micros = 0;  // of calls that are out
  std::optional<Time> renewed_at;

  bool operator==(const Budget&) const = default;
};

// Of the carrier account over all nodes, and of the campaign or queue.
struct PlaceFacts {
  bool running = false;
  std::optional<Time> begins_at;
  std::optional<Time> ends_at;
  int live_calls = 0;
  int live_calls_max = 0;
  int campaign_calls = 0;  // of these, the campaign's own
  int campaign_calls_max = 0;
  std::optional<Time> free_from;  // the first moment that no request of the account has taken
  std::int64_t call_cost_micros_max = 0;
  std::optional<Budget> budget;              // none: no limit was set
  std::optional<Time> carrier_paused_until;  // too many of its calls failed
};

// So far ahead requests take their moments: no more are claimed than can be sent within it.
inline constexpr Span sent_within = 1s;

// Allow, or defer: until a moment, or without one where only a change of facts can help. Refuse once it is
// over.
Verdict may_place(const PlaceFacts&, Time now);

}  // namespace ringdown
