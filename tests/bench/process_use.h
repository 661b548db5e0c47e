// What another process uses up, from outside: CPU time by who spent it, and memory above what it had before.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <thread>

namespace ringdown::bench {

struct CpuUse {
  double user_s = 0;
  double system_s = 0;

  double total_s() const { return user_s + system_s; }
  CpuUse operator-(const CpuUse& before) const {
    return {user_s - before.user_s, system_s - before.system_s};
  }
};

CpuUse cpu_use_of(pid_t process);  // with the processes it has started, as far as they run or were waited for

struct MemoryUse {
  double peak_mib = 0;       // all that counts as resident, mapped files too
  double peak_own_mib = 0;   // without files: what the process allocated
  double after_own_mib = 0;  // and did not give back
};

// Looks from its making on.
class MemoryWatch {
 public:
  explicit MemoryWatch(pid_t process);

  MemoryUse end();  // once

 private:
  void look(const std::stop_token&);

  pid_t process_;
  double idle_mib_;
  double idle_own_mib_;
  std::atomic<double> peak_own_mib_;
  std::jthread looks_;
};

}  // namespace ringdown::bench
