#include "tests/bench/race.h"

#include <sys/resource.h>

#include <algorithm>

namespace ringdown::bench {
namespace {

constexpr Span slice = 200ms;
constexpr Span counted_slice = 1s;

double percentile(std::vector<double> numbers, double share) {
  if (numbers.empty()) return 0;
  std::ranges::sort(numbers);
  return numbers[static_cast<std::size_t>(share * static_cast<double>(numbers.size() - 1))];
}

double median(std::vector<double> numbers) {
  return percentile(std::move(numbers), 0.5);
}

double cpu_us() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto in_us = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
  };
  return in_us(usage.ru_utime) + in_us(usage.ru_stime);
}

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

  std::vector<std::unique_ptr<Contender>> contenders;
  for (const Runner& runner : race.runners) contenders.push_back(runner.open());
  std::vector<std::vector<double>> rates(finishes.size());
  std::vector<std::vector<double>> ratios(finishes.size());
  std::vector<std::vector<double>> cpu(finishes.size());
  std::vector<std::vector<double>> waits(finishes.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < finishes.size(); ++i) {
      const double cpu_before = cpu_us();
      const Load load = contenders[i]->run(race.at_once, slice);
      cpu[i].push_back((cpu_us() - cpu_before) / static_cast<double>(load.units));
      rates[i].push_back(load.rate());
      ratios[i].push_back(rates[0].back() / load.rate());
      waits[i].insert(waits[i].end(), load.waits_ms.begin(), load.waits_ms.end());
    }
  }
  for (std::size_t i = 0; i < finishes.size(); ++i) {
    finishes[i].rate = median(rates[i]);
    finishes[i].product_ratio = median(ratios[i]);
    finishes[i].cpu_us_per_unit = median(cpu[i]);
    finishes[i].p50_ms = median(waits[i]);
    finishes[i].p99_ms = percentile(waits[i], 0.99);
  }
  return finishes;
}

}  // namespace ringdown::bench
