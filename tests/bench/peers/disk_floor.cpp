#include "tests/bench/peers/disk_floor.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace ringdown::bench {

DiskFloor::DiskFloor(const std::string& path)
    : file_(open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)) {
  if (file_ < 0) throw std::runtime_error("cannot create " + path);
}

DiskFloor::~DiskFloor() {
  close(file_);
}

Load DiskFloor::run(int /*at_once*/, Span length) {
  static constexpr std::array<char, 4096> page{};
  Load load;
  const auto begun = SteadyClock::now();
  while (SteadyClock::now() < begun + length) {
    const auto asked = SteadyClock::now();
    if (write(file_, page.data(), page.size()) != page.size() || fdatasync(file_) != 0) {
      throw std::runtime_error("the disk reports an error");
    }
    load.waits_ms.push_back(ms_since(asked));
    ++load.units;
  }
  load.seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
  return load;
}

}  // namespace ringdown::bench
