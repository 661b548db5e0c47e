// What grows old in the store is thrown away: by one node at a time, a little every ten minutes.
#pragma once

#include "ports/clock.h"
#include "ports/db.h"

namespace ringdown {

struct HousekeepingPolicy {
  Span every = 10min;
  Span changes_kept = std::chrono::days(7);           // for event streams that were away
  Span unused_sessions_kept = std::chrono::days(14);  // sessions past their end go at once
  Span quotas_kept = std::chrono::days(1);            // no window is longer
  Span rounds_kept = std::chrono::days(1);            // of nodes that are gone
  Span uploads_kept = 2h;  // of files; a request for one lasts half an hour at most
};

struct Tidied {
  std::int64_t changes = 0;
  std::int64_t sessions = 0;
  std::int64_t quotas = 0;
  std::int64_t uploads = 0;

  bool operator==(const Tidied&) const = default;
};

// One round; nothing when another node has the turn.
Task<std::optional<Tidied>> tidy_up(Db&, Clock&, Uuid node, HousekeepingPolicy = {});

// Rounds without end. A round that breaks is logged and the next one tries again.
Task<void> keep_house(Db&, Clock&, Uuid node, HousekeepingPolicy = {});

}  // namespace ringdown
