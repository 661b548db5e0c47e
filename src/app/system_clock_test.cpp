#include "app/system_clock.h"

#include <doctest/doctest.h>

#include "ports/await.h"

using namespace ringdown;

TEST_CASE("the system's clock sleeps until the moment and not past what has gone by") {
  SystemClock clock;
  const Time start = clock.now();
  const Span before = clock.monotonic();

  await(clock.sleep_until(start - 1h));
  await(clock.sleep_until(start + 20ms));

  CHECK(clock.monotonic() - before >= 19ms);  // the two clocks are not read at the same instant
}
