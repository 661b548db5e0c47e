#include "domain/backoff.h"

#include <algorithm>

namespace ringdown {

std::optional<Time> next_try(const Backoff& backoff, int tries, Time now, double jitter) {
  if (tries >= backoff.tries_max) return std::nullopt;

  Span wait = backoff.first;
  for (int i = 1; i < tries && wait < backoff.longest; ++i) wait *= 2;
  wait = std::min(wait, backoff.longest);
  return now + wait + std::chrono::duration_cast<Span>(wait * jitter / 4);
}

}  // namespace ringdown
