// Seeds with faults, many of them; each of the programs made of this file takes its share.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <chrono>

#include "tests/seeds/seed.h"

namespace ringdown::test {
namespace {

constexpr std::uint64_t seeds = 2000;

}  // namespace

TEST_CASE("whatever goes wrong, no invariant breaks") {
  const auto began = std::chrono::steady_clock::now();
  std::int64_t done = 0, calls = 0, requests = 0, late_rings = 0, deaths = 0;

  for (std::uint64_t seed = RINGDOWN_SEEDS_FROM; seed <= seeds; seed += RINGDOWN_SEEDS_STEP) {
    const sim::SimulationOptions options = options_of_seed(seed);
    const sim::Outlook outlook = simulated(options);
    CHECK(complaint_about(options, outlook) == "");
    ++done;
    calls += outlook.totals.calls;
    requests += outlook.totals.requests;
    late_rings += outlook.totals.late_rings;
    deaths += outlook.totals.deaths;
  }

  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  fmt::print(
      "{} seeds, {} requests, {} calls ({} rang late), {} deaths of nodes; {:.0f} simulated calls per "
      "second\n",
      done, requests, calls, late_rings, deaths, static_cast<double>(calls) / seconds);
  CHECK(calls > 5 * done);
  CHECK(deaths > 0);
}

}  // namespace ringdown::test
