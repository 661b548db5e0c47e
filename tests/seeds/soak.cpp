// sim_soak MINUTES SEED STEP: seed after seed until the time is over; `./dev sim` starts one per core.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "tests/seeds/seed.h"

int main(int argc, char** argv) {
  using Clock = std::chrono::steady_clock;
  if (argc != 4) {
    fmt::print(stderr, "sim_soak: wants minutes, the first seed, and how far it is to the next\n");
    return 2;
  }
  const auto began = Clock::now();
  const auto until = began + std::chrono::minutes(std::atoi(argv[1]));
  std::uint64_t seed = std::strtoull(argv[2], nullptr, 10);
  const std::uint64_t step = std::strtoull(argv[3], nullptr, 10);
  std::int64_t seeds = 0, calls = 0, bad = 0;

  for (; Clock::now() < until; seed += step, ++seeds) {
    const auto options = ringdown::test::options_of_seed(seed);
    const auto outlook = ringdown::test::simulated(options);
    calls += outlook.totals.calls;
    const std::string complaint = ringdown::test::complaint_about(options, outlook);
    if (complaint.empty()) continue;
    fmt::print("{}\n", complaint);
    std::fflush(stdout);
    ++bad;
  }

  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  fmt::print("{} seeds, {} of them bad, {} calls, {:.0f} simulated calls per second; the next seed is {}\n",
             seeds, bad, calls, static_cast<double>(calls) / seconds, seed);
  return bad == 0 ? 0 : 1;
}
