// What the program writes to its log while this lives: stderr, at a level of the test's choice.
#pragma once

#include <string>

#include "base/log.h"
#include "tests/support/temp_dir.h"

namespace ringdown::test {

class LogCapture {
 public:
  explicit LogCapture(log::Level);
  ~LogCapture();
  LogCapture(const LogCapture&) = delete;
  LogCapture& operator=(const LogCapture&) = delete;

  std::string text() const;

 private:
  TempDir dir_;
  int real_;
};

}  // namespace ringdown::test
