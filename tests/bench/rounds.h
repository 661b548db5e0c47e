// What all benches share: contenders run in turn, A B C A B C, so that a machine that changes its mind within
// seconds changes it for all of them. A ratio is the median of the rounds' ratios.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ringdown::bench {

using SteadyClock = std::chrono::steady_clock;

// What a contender did in one round.
struct Load {
  std::uint64_t units = 0;
  double seconds = 0;
  double cpu_us = 0;
  std::vector<float> waits_ms{};  // one per unit, from asking to being done

  double rate() const { return static_cast<double>(units) / seconds; }
  double cpu_us_per_unit() const { return cpu_us / static_cast<double>(units); }
};

// A contender over all rounds. Ratios are the first contender's figure over this one's.
struct Standing {
  double rate = 0;  // units per second
  double rate_ratio = 0;
  double cpu_us_per_unit = 0;
  double cpu_ratio = 0;
  double p50_ms = 0;
  double p99_ms = 0;
};

std::vector<Standing> run_rounds(const std::vector<std::function<Load()>>& contenders, int rounds);

double cpu_us_of_this_process();

inline float ms_since(SteadyClock::time_point begun) {
  return std::chrono::duration<float, std::milli>(SteadyClock::now() - begun).count();
}

struct Wishes {
  int rounds = 15;
  std::string only{};                  // a part of a race's name
  std::uint64_t rows = 0;              // where a bench is about so many
  std::vector<std::uint64_t> sizes{};  // where it compares how long lists are
};

// [--rounds N] [--only PART] [--rows N] [--sizes N,N,...], over what the bench does by itself
Wishes read_wishes(int argc, char** argv, Wishes unless_said = {});

struct Figure {
  std::string name;
  double value;
};

struct Report {
  std::string bench;
  std::vector<Figure> ratios{};
  std::vector<std::pair<std::string, std::vector<Figure>>> figures{};  // per contender
};

std::string as_json(const Report&);

}  // namespace ringdown::bench
