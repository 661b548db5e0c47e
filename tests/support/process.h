// Programs started from outside. The first word is the program, looked for on PATH; it gets exactly the
// environment it is given.
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

// Runs a program to its end. Its streams go through files, so that none can block it.
Outcome run_program(Words command, Words environment, const std::string& input = {});

std::string text_of(const std::string& path);

// A server, up once it has printed `listening on http://…`; killed with this object.
class RunningServer {
 public:
  RunningServer(Words command, Words environment);
  ~RunningServer();

  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  const std::string& address() const { return address_; }  // http://127.0.0.1:PORT
  std::string log() const;                                 // what it wrote to stderr
  pid_t pid() const { return pid_; }

  // The next line that it prints.
  std::string line();

  // Sends the signal and waits for the end; the exit status, or -1.
  int end(int signal);

 private:
  TempDir streams_;
  pid_t pid_ = 0;
  int out_ = -1;
  std::string address_;
};

}  // namespace ringdown::test
