#include "tests/bench/process_cpu.h"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>

namespace ringdown::bench {

double cpu_us_of(pid_t process) {
  clockid_t clock{};
  timespec used{};
  if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0;
  double cpu_us = static_cast<double>(used.tv_sec) * 1e6 + static_cast<double>(used.tv_nsec) / 1e3;

  const auto threads = std::filesystem::path("/proc") / std::to_string(process) / "task";
  for (const auto& thread : std::filesystem::directory_iterator(threads)) {
    std::ifstream children(thread.path() / "children");
    for (pid_t child = 0; children >> child;) cpu_us += cpu_us_of(child);
  }
  return cpu_us;
}

}  // namespace ringdown::bench
