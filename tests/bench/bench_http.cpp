// ./dev bench http [--rounds N] [--only PART]: small JSON routes of the real binary over keep-alive
// connections, beside a bare epoll server and Fastify; --only takes a part of a race's name, as in
// healthz_16. The last line is JSON.
#include <fmt/format.h>
#include <signal.h>
#include <sys/resource.h>

#include <cstdlib>
#include <memory>
#include <thread>

#include "tests/bench/event_load.h"
#include "tests/bench/http_load.h"
#include "tests/bench/process_cpu.h"
#include "tests/bench/rounds.h"
#include "tests/support/paths.h"
#include "tests/support/ringdown_process.h"

namespace ringdown::bench {
namespace {

constexpr int listeners = 1'000;

struct Servers {
  test::TempDir data;
  test::RunningRingdown product{{"--data", data / "data"}};
  test::RunningServer live_node{{RINGDOWN_BUILD "/live_node"}, {}};
  test::RunningServer epoll_http{{RINGDOWN_BUILD "/epoll_http"}, {}};
  test::RunningServer epoll_events{{RINGDOWN_BUILD "/epoll_events"}, {}};
  test::RunningServer fastify{{"node", RINGDOWN_BUILD "/fastify/fastify.mjs"},
                              {fmt::format("PATH={}", std::getenv("PATH"))}};

  ~Servers() { live_node.end(SIGTERM); }  // it has a folder to remove
};

struct Runner {
  std::string name;  // as in the JSON
  std::string says;  // as in the table
  const test::RunningServer* server;
  std::function<std::function<Load()>()> open;
};

struct Race {
  std::string name;
  std::string unit, units;
  int connections;
  std::vector<Runner> runners;  // the first is the product
};

Runner asked(const std::string& name, const std::string& says, const test::RunningServer& server,
             const std::string& path, int connections) {
  return {name, says, &server, [=, &server] {
            const auto load = std::make_shared<HttpLoad>(port_of(server.address()), path, connections);
            load->run(5'000);
            return [=] { return load->run(connections == 1 ? 10'000 : 30'000); };
          }};
}

Race answers_race(const Servers& servers, const std::string& route, int connections) {
  return {fmt::format("{}_{}", route, connections),
          "answer",
          "answers",
          connections,
          {asked("product", "GET /" + route, servers.product, "/" + route, connections),
           asked("epoll", "bare epoll, fixed bytes", servers.epoll_http, "/healthz", connections),
           asked("fastify", "Fastify, node:cluster", servers.fastify, "/healthz", connections)}};
}

// Publishes until a round has a hundred events, however few at a time.
Load listen(EventLoad& load, int events) {
  Load all;
  for (int published = 0; published < 100; published += events) {
    const Load once = load.run(events);
    all.units += once.units;
    all.seconds += once.seconds;
    all.waits_ms.insert(all.waits_ms.end(), once.waits_ms.begin(), once.waits_ms.end());
  }
  return all;
}

Runner listened(const std::string& name, const std::string& says, const test::RunningServer& server,
                int events) {
  return {name, says, &server, [=, &server] {
            const auto load = std::make_shared<EventLoad>(port_of(server.address()), listeners);
            listen(*load, events);
            return [=] { return listen(*load, events); };
          }};
}

Race deliveries_race(const Servers& servers, int events) {
  return {fmt::format("listeners_{}_events_{}", listeners, events),
          "delivery",
          "deliveries",
          listeners,
          {listened("product", fmt::format("live events, {} at once", events), servers.live_node, events),
           listened("epoll", "bare epoll, one thread, no store", servers.epoll_events, events),
           listened("fastify", "Fastify, node:cluster, no store", servers.fastify, events)}};
}

std::vector<Race> all_races(const Servers& servers) {
  std::vector<Race> races;
  for (const char* route : {"healthz", "readyz"}) {
    for (const int connections : {1, 16, 64}) races.push_back(answers_race(servers, route, connections));
  }
  for (const int events : {1, 10, 100}) races.push_back(deliveries_race(servers, events));
  return races;
}

std::vector<Standing> run_race(const Race& race, int rounds) {
  std::vector<std::function<Load()>> contenders;
  contenders.reserve(race.runners.size());
  for (const Runner& runner : race.runners) {
    contenders.emplace_back([run = runner.open(), server = runner.server->pid()] {
      const double cpu_before = cpu_us_of(server);
      Load load = run();
      load.cpu_us = cpu_us_of(server) - cpu_before;
      return load;
    });
  }
  return run_rounds(contenders, rounds);
}

void print_head() {
  fmt::print(
      "Ringdown, the bare epoll server and Fastify have a thread or a process per core ({0}), and the load\n"
      "generator, one thread, shares these {0} cores: what is done per second is below what a server alone "
      "can\n"
      "do, and the cpu column, which is the server's only, is the better measure.\n\n"
      "answer: a request at a time per connection, connections kept open; the wait is for the answer. "
      "/readyz\n"
      "reads the store; what stands beside it does not.\n"
      "delivery: an event at one of {1} listeners; the wait is until a listener has all events of the "
      "round.\n"
      "Ringdown commits each event to SQLite, reads it back and writes what has piled up at once; the "
      "others\n"
      "keep nothing and write every event for itself.\n\n",
      std::thread::hardware_concurrency(), listeners);
  fmt::print("{:<40} {:>6} {:>9} {:>8} {:>8} {:>8} {:>8} {:>8}\n", "", "conns", "per s", "product", "cpu us",
             "product", "p50 us", "p99 us");
}

void print_race(const Race& race, const std::vector<Standing>& standings) {
  for (std::size_t i = 0; i < standings.size(); ++i) {
    const auto& [rate, rate_ratio, cpu_us, cpu_ratio, p50_ms, p99_ms] = standings[i];
    const auto ratio = [&](double value) { return i == 0 ? "" : fmt::format("{:.2f}x", value); };
    fmt::print("{:<40} {:>6} {:>9.0f} {:>8} {:>8.1f} {:>8} {:>8.0f} {:>8.0f}\n",
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
                              {{race.units + "_per_second", standing.rate},
                               {"cpu_us_per_" + race.unit, standing.cpu_us_per_unit},
                               {"p50_us", standing.p50_ms * 1e3},
                               {"p99_us", standing.p99_ms * 1e3}}});
  }
}

// A listener is a file here and one in each server.
void allow_many_files() {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

void run(const Wishes& wishes) {
  allow_many_files();
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
