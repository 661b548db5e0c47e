#include "sim/simulation.h"

#include <doctest/doctest.h>

#include "tests/seeds/seed.h"

namespace ringdown::sim {

TEST_CASE("two runs of a seed are one run, down to the hash of all that happened") {
  for (const std::uint64_t seed : {11u, 12u, 13u}) {
    const SimulationOptions options{.seed = seed, .leads = 20, .days = 2};
    const Outlook first = test::simulated(options);
    const Outlook second = test::simulated(options);

    CHECK(first.trace_hash == second.trace_hash);
    CHECK(first.totals.statements == second.totals.statements);
    CHECK(first.trace_hash != test::simulated({.seed = seed + 100, .leads = 20, .days = 2}).trace_hash);
  }
}

TEST_CASE("on good days everybody who may be called is called") {
  const SimulationOptions options{.seed = 21, .leads = 60, .days = 3, .faults = "none"};

  const Outlook outlook = test::simulated(options);

  CHECK(test::complaint_about(options, outlook) == "");
  CHECK(outlook.totals.calls > 30);
  CHECK(outlook.totals.late_rings == 0);
}

TEST_CASE("a carrier that makes calls later than we assume breaks what rests on the assumption") {
  std::string broken;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const SimulationOptions options{
        .seed = seed, .leads = 40, .days = 1, .faults = "created-late,event-lost", .creation_delay_max = 6h};
    for (const std::string& what : test::simulated(options).broken) broken += what + "\n";
  }

  CHECK(broken.contains("is known as not-found"));
  CHECK(broken.contains("made a call that we do not know by its sid"));
  CHECK(broken.contains("made a second live call to its number"));
}

}  // namespace ringdown::sim
