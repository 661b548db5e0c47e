#include "tests/bench/process_use.h"

#include <fmt/format.h>
#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>
#include <string>

namespace ringdown::bench {
namespace {

constexpr auto look_every = std::chrono::milliseconds(20);

std::string proc(pid_t process, const char* file) {
  return fmt::format("/proc/{}/{}", process, file);
}

// A line of /proc/PID/status, which counts in KiB.
double mib_in(pid_t process, std::string_view name) {
  std::ifstream status(proc(process, "status"));
  for (std::string word; status >> word;) {
    double kib = 0;
    if (word == name && status >> kib) return kib / 1024;
  }
  return 0;
}

// utime, stime, cutime and cstime stand at 14 to 17, and the name before them may have blanks in it.
CpuUse cpu_use_in(const std::string& stat) {
  constexpr int fields_between = 11;
  std::ifstream file(stat);
  std::string line;
  std::getline(file, line);
  const auto behind_name = line.rfind(')');
  if (behind_name == std::string::npos) return {};

  std::istringstream fields(line.substr(behind_name + 1));
  std::string passed;
  for (int i = 0; i < fields_between; ++i) fields >> passed;
  double user = 0, system = 0, waited_user = 0, waited_system = 0;
  fields >> user >> system >> waited_user >> waited_system;
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  return {(user + waited_user) / ticks, (system + waited_system) / ticks};
}

}  // namespace

CpuUse cpu_use_of(pid_t process) {
  CpuUse use = cpu_use_in(proc(process, "stat"));
  std::error_code gone;
  for (const auto& thread : std::filesystem::directory_iterator(proc(process, "task"), gone)) {
    std::ifstream children(thread.path() / "children");
    for (pid_t child = 0; children >> child;) {
      const CpuUse its = cpu_use_of(child);
      use.user_s += its.user_s;
      use.system_s += its.system_s;
    }
  }
  return use;
}

MemoryWatch::MemoryWatch(pid_t process)
    : process_(process),
      idle_mib_(mib_in(process, "VmRSS:")),
      idle_own_mib_(mib_in(process, "RssAnon:")),
      peak_own_mib_(idle_own_mib_) {
  std::ofstream(proc(process, "clear_refs")) << "5";  // its peak begins anew
  looks_ = std::jthread([this](const std::stop_token& stop) { look(stop); });
}

void MemoryWatch::look(const std::stop_token& stop) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any stopped;
  while (!stop.stop_requested()) {
    peak_own_mib_ = std::max(peak_own_mib_.load(), mib_in(process_, "RssAnon:"));
    stopped.wait_for(lock, stop, look_every, [] { return false; });
  }
}

MemoryUse MemoryWatch::end() {
  looks_.request_stop();
  looks_.join();
  return {mib_in(process_, "VmHWM:") - idle_mib_, peak_own_mib_ - idle_own_mib_,
          mib_in(process_, "RssAnon:") - idle_own_mib_};
}

}  // namespace ringdown::bench
