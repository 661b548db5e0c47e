#include "domain/backoff.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("each failure doubles the wait, up to the longest") {
  const Backoff backoff{.first = 30s, .longest = 100s, .tries_max = 10};
  const Time now{};

  CHECK(next_try(backoff, 1, now, 0) == now + 30s);
  CHECK(next_try(backoff, 2, now, 0) == now + 60s);
  CHECK(next_try(backoff, 3, now, 0) == now + 100s);
  CHECK(next_try(backoff, 9, now, 0) == now + 100s);
}

TEST_CASE("jitter adds at most a quarter") {
  const Backoff backoff{.first = 40s, .longest = 1h, .tries_max = 3};
  const Time now{};

  CHECK(next_try(backoff, 1, now, 0.5) == now + 45s);
  CHECK(*next_try(backoff, 1, now, 0.999) < now + 50s);
}

TEST_CASE("after the last try there is none") {
  const Backoff backoff{.first = 30s, .longest = 1h, .tries_max = 3};

  CHECK(next_try(backoff, 2, Time{}, 0));
  CHECK_FALSE(next_try(backoff, 3, Time{}, 0));
}
