// ./dev bench http [--rounds N] [--only PART]: small JSON routes of the real binary over keep-alive
// connections, beside a bare epoll server and Fastify; --only takes a part of a race's name, as in
// healthz_16. The last line is JSON.
#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <thread>

#include "tests/bench/http_load.h"
#include "tests/bench/process_cpu.h"
#include "tests/bench/rounds.h"
#include "tests/support/paths.h"
#include "tests/support/ringdown_process.h"

namespace ringdown::bench {
namespace {

constexpr std::uint64_t warm_up = 5'000;

struct Servers {
  test::TempDir data;
  test::RunningRingdown product{{"--data", data / "data"}};
  test::RunningServer epoll{{RINGDOWN_BUILD "/epoll_http"}, {}};
  test::RunningServer fastify{{"node", RINGDOWN_BUILD "/fastify/fastify.mjs"},
                              {fmt::format("PATH={}", std::getenv("PATH"))}};
};

struct Runner {
  std::string name;  // as in the JSON
  std::string says;  // as in the table
  const test::RunningServer* server;
  std::string path;
};

struct Race {
  std::string name;
  int connections;
  std::uint64_t requests;       // per round
  std::vector<Runner> runners;  // the first is the product
};

Race race_for(const Servers& servers, const std::string& route, int connections) {
  return {fmt::format("{}_{}", route, connections),
          connections,
          connections == 1 ? 10'000u : 30'000u,
          {{"product", "GET /" + route, &servers.product, "/" + route},
           {"epoll", "bare epoll, fixed bytes", &servers.epoll, "/healthz"},
           {"fastify", "Fastify, node:cluster", &servers.fastify, "/healthz"}}};
}

std::vector<Race> all_races(const Servers& servers) {
  std::vector<Race> races;
  for (const char* route : {"healthz", "readyz"}) {
    for (const int connections : {1, 16, 64}) races.push_back(race_for(servers, route, connections));
  }
  return races;
}

std::function<Load()> contender(const Race& race, const Runner& runner) {
  const auto load =
      std::make_shared<HttpLoad>(port_of(runner.server->address()), runner.path, race.connections);
  load->run(warm_up);
  return [load, requests = race.requests, server = runner.server->pid()] {
    const double cpu_before = cpu_us_of(server);
    Load done = load->run(requests);
    done.cpu_us = cpu_us_of(server) - cpu_before;
    return done;
  };
}

std::vector<Standing> run_race(const Race& race, int rounds) {
  std::vector<std::function<Load()>> contenders;
  for (const Runner& runner : race.runners) contenders.push_back(contender(race, runner));
  return run_rounds(contenders, rounds);
}

void print_head() {
  fmt::print(
      "One request at a time per connection, connections kept open. Ringdown, the bare epoll server and "
      "Fastify\n"
      "have a thread or a process per core ({0}), and the load generator, one thread, shares these {0} "
      "cores:\n"
      "answers/s are below what a server alone can do, and the cpu column, which is the server's only, is "
      "the\n"
      "better measure. /readyz reads the store; what stands beside it does not.\n\n",
      std::thread::hardware_concurrency());
  fmt::print("{:<34} {:>11} {:>9} {:>8} {:>8} {:>8} {:>8} {:>8}\n", "", "connections", "answers/s", "product",
             "cpu us", "product", "p50 us", "p99 us");
}

void print_race(const Race& race, const std::vector<Standing>& standings) {
  for (std::size_t i = 0; i < standings.size(); ++i) {
    const auto& [rate, rate_ratio, cpu_us, cpu_ratio, p50_ms, p99_ms] = standings[i];
    const auto ratio = [&](double value) { return i == 0 ? "" : fmt::format("{:.2f}x", value); };
    fmt::print("{:<34} {:>11} {:>9.0f} {:>8} {:>8.1f} {:>8} {:>8.0f} {:>8.0f}\n",
               (i == 0 ? "" : "  beside ") + race.runners[i].says, race.connections, rate, ratio(rate_ratio),
               cpu_us, ratio(cpu_ratio), p50_ms * 1e3, p99_ms * 1e3);
  }
  std::fflush(stdout);
}

void report_race(const Race& race, const std::vector<Standing>& standings, Report& report) {
  for (std::size_t i = 0; i < standings.size(); ++i) {
    const Standing& standing = standings[i];
    const std::string& runner = race.runners[i].name;
    if (i > 0) {
      report.ratios.push_back({fmt::format("{}_to_{}", race.name, runner), standing.rate_ratio});
      report.ratios.push_back({fmt::format("{}_cpu_to_{}", race.name, runner), standing.cpu_ratio});
    }
    report.figures.push_back({race.name + '_' + runner,
                              {{"answers_per_second", standing.rate},
                               {"cpu_us_per_answer", standing.cpu_us_per_unit},
                               {"p50_us", standing.p50_ms * 1e3},
                               {"p99_us", standing.p99_ms * 1e3}}});
  }
}

void run(const Wishes& wishes) {
  const Servers servers;
  Report report{"http"};
  print_head();
  for (const Race& race : all_races(servers)) {
    if (!race.name.contains(wishes.only)) continue;
    const auto standings = run_race(race, wishes.rounds);
    print_race(race, standings);
    report_race(race, standings, report);
  }
  fmt::print("{}\n", as_json(report));
}

}  // namespace
}  // namespace ringdown::bench

int main(int argc, char** argv) {
  try {
    ringdown::bench::run(ringdown::bench::read_wishes(argc, argv));
    return 0;
  } catch (const std::exception& problem) {
    fmt::print(stderr, "{}\n", problem.what());
    return 1;
  }
}
