#include "app/data_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "base/result.h"

namespace ringdown {

DataFolder::DataFolder(const std::string& path) {
  std::error_code problem;
  if (std::filesystem::create_directories(path, problem)) {
    std::filesystem::permissions(path, std::filesystem::perms::owner_all, problem);  // leads are nobody else's business
  }
  const std::string file = path + "/ringdown.lock";
  lock_ = problem ? -1 : open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ < 0) {
    throw Breakage(Reason::unavailable,
                   fmt::format("cannot use the data folder {}: {}; choose another with --data, or make it writable",
                               path, problem ? problem.message() : std::strerror(errno)));
  }
  if (flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    close(lock_);
    throw Breakage(Reason::unavailable,
                   fmt::format("another ringdown already serves {}; stop it, or choose another folder with --data", path));
  }
}

DataFolder::~DataFolder() { close(lock_); }

}  // namespace ringdown
