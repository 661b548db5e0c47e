#include "tests/support/log_capture.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

namespace ringdown::test {

LogCapture::LogCapture(log::Level level) : real_(dup(STDERR_FILENO)) {
  const int file = open((dir_ / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  dup2(file, STDERR_FILENO);
  close(file);
  log::set_level(level);
}

LogCapture::~LogCapture() {
  log::set_level(log::Level::info);
  dup2(real_, STDERR_FILENO);
  close(real_);
}

std::string LogCapture::text() const {
  std::ifstream file(dir_ / "log");
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace ringdown::test
