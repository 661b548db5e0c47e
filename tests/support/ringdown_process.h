// The real binary, started from outside with exactly the environment a test gives it.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "tests/support/temp_dir.h"

namespace ringdown::test {

using Words = std::vector<std::string>;

struct Outcome {
  int status;  // -1: ended by a signal
  std::string out;
  std::string err;
};

// Runs a command to its end. Its streams go through files, so that neither can block it.
Outcome run_ringdown(Words words, Words environment = {});

// `ringdown serve` on a free port, up once it has printed where it listens; killed with this object.
class RunningRingdown {
 public:
  explicit RunningRingdown(Words flags, Words environment = {});
  ~RunningRingdown();

  RunningRingdown(const RunningRingdown&) = delete;
  RunningRingdown& operator=(const RunningRingdown&) = delete;

  const std::string& address() const { return address_; }  // http://127.0.0.1:PORT
  std::string log() const;
  pid_t pid() const { return pid_; }

  // The status and body of GET path.
  std::pair<int, std::string> get(const std::string& path) const;

  // Sends the signal and waits for the end; the exit status, or -1.
  int end(int signal);

 private:
  TempDir streams_;
  pid_t pid_ = 0;
  std::string address_;
};

}  // namespace ringdown::test
