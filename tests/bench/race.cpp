#include "tests/bench/race.h"

namespace ringdown::bench {
namespace {

constexpr Span slice = 200ms;
constexpr Span counted_slice = 1s;

// Alone and from opening to closing, because PostgreSQL's backends hand in their counts when they leave.
void count(const Race& race, const Runner& runner, Finish& finish) {
  const Counts before = race.counts();
  const Load load = runner.open()->run(race.at_once, counted_slice);
  const Counts after = race.counts();

  const auto units = static_cast<double>(load.units);
  finish.fsyncs_per_unit = (after.fsyncs - before.fsyncs) / units;
  finish.units_per_commit = after.commits > before.commits ? units / (after.commits - before.commits) : 0;
}

}  // namespace

std::vector<Finish> run_race(const Race& race, int rounds) {
  std::vector<Finish> finishes(race.runners.size());
  for (std::size_t i = 0; i < finishes.size(); ++i) count(race, race.runners[i], finishes[i]);

  std::vector<std::function<Load()>> contenders;
  contenders.reserve(race.runners.size());
  for (const Runner& runner : race.runners) {
    contenders.emplace_back([contender = std::shared_ptr(runner.open()), &race] {
      const double cpu_before = cpu_us_of_this_process();
      Load load = contender->run(race.at_once, slice);
      load.cpu_us = cpu_us_of_this_process() - cpu_before;
      return load;
    });
  }
  const std::vector<Standing> standings = run_rounds(contenders, rounds);
  for (std::size_t i = 0; i < finishes.size(); ++i) finishes[i].standing = standings[i];
  return finishes;
}

}  // namespace ringdown::bench
