#include "tests/bench/rounds.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <ranges>
#include <stdexcept>
#include <string_view>

#include "base/json_writer.h"

namespace ringdown::bench {
namespace {

double percentile(std::vector<double> numbers, double share) {
  if (numbers.empty()) return 0;
  std::ranges::sort(numbers);
  return numbers[static_cast<std::size_t>(share * static_cast<double>(numbers.size() - 1))];
}

double median(std::vector<double> numbers) {
  return percentile(std::move(numbers), 0.5);
}

struct Series {
  std::vector<double> rates{};
  std::vector<double> rate_ratios{};
  std::vector<double> cpu_us{};
  std::vector<double> cpu_ratios{};
  std::vector<double> waits_ms{};

  void add(const Load& load, const Load& first) {
    rates.push_back(load.rate());
    rate_ratios.push_back(first.rate() / load.rate());
    cpu_us.push_back(load.cpu_us_per_unit());
    cpu_ratios.push_back(first.cpu_us_per_unit() / load.cpu_us_per_unit());
    waits_ms.insert(waits_ms.end(), load.waits_ms.begin(), load.waits_ms.end());
  }

  Standing standing() const {
    return {median(rates),      median(rate_ratios), median(cpu_us),
            median(cpu_ratios), median(waits_ms),    percentile(waits_ms, 0.99)};
  }
};

std::vector<std::uint64_t> numbers_in(std::string_view list) {
  std::vector<std::uint64_t> numbers;
  for (const auto part : std::views::split(list, ',')) {
    numbers.push_back(std::strtoull(std::string(part.begin(), part.end()).c_str(), nullptr, 10));
  }
  return numbers;
}

void write_figures(JsonWriter& json, const std::vector<Figure>& figures) {
  json.begin_object();
  for (const auto& [name, value] : figures) {
    json.key(name);
    json.real(value);
  }
  json.end_object();
}

}  // namespace

std::vector<Standing> run_rounds(const std::vector<std::function<Load()>>& contenders, int rounds) {
  std::vector<Series> series(contenders.size());
  for (int round = 0; round < rounds; ++round) {
    const Load first = contenders.front()();
    series.front().add(first, first);
    for (std::size_t i = 1; i < contenders.size(); ++i) series[i].add(contenders[i](), first);
  }

  std::vector<Standing> standings;
  standings.reserve(series.size());
  for (const Series& one : series) standings.push_back(one.standing());
  return standings;
}

double cpu_us_of_this_process() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto in_us = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
  };
  return in_us(usage.ru_utime) + in_us(usage.ru_stime);
}

Wishes read_wishes(int argc, char** argv, Wishes wishes) {
  for (int i = 1; i < argc; i += 2) {
    const std::string_view flag = argv[i];
    const bool known = flag == "--rounds" || flag == "--only" || flag == "--rows" || flag == "--sizes";
    if (i + 1 == argc || !known) {
      throw std::runtime_error(
          fmt::format("a bench knows --rounds N, --only PART, --rows N and --sizes N,N, not {}", flag));
    }
    if (flag == "--rows") wishes.rows = std::strtoull(argv[i + 1], nullptr, 10);
    if (flag == "--rounds") wishes.rounds = std::max(1, std::atoi(argv[i + 1]));
    if (flag == "--only") wishes.only = argv[i + 1];
    if (flag == "--sizes") wishes.sizes = numbers_in(argv[i + 1]);
  }
  return wishes;
}

std::string as_json(const Report& report) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  json.key("bench");
  json.text(report.bench);
  json.key("ratios");
  write_figures(json, report.ratios);
  json.key("figures");
  json.begin_object();
  for (const auto& [contender, figures] : report.figures) {
    json.key(contender);
    write_figures(json, figures);
  }
  json.end_object();
  json.end_object();
  return text;
}

}  // namespace ringdown::bench
