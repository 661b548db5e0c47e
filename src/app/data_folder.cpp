#include "app/data_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/result.h"

namespace ringdown {

DataFolder::DataFolder(const std::string& path) : path_(path) {
  std::error_code problem;
  if (std::filesystem::create_directories(path, problem)) {
    std::filesystem::permissions(path, std::filesystem::perms::owner_all,
                                 problem);  // leads are nobody else's business
  }
  const std::string file = path + "/ringdown.lock";
  lock_ = problem ? -1 : open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ < 0) {
    throw Breakage(
        Reason::unavailable,
        fmt::format("cannot use the data folder {}: {}; choose another with --data, or make it writable",
                    path, problem ? problem.message() : std::strerror(errno)));
  }
  if (flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    close(lock_);
    throw Breakage(
        Reason::unavailable,
        fmt::format("another ringdown already serves {}; stop it, or choose another folder with --data",
                    path));
  }
}

DataFolder::~DataFolder() {
  close(lock_);
}

Uuid DataFolder::node(Chance& chance, Time now) const {
  const std::string file = path_ + "/node";
  std::string text;
  std::ifstream(file) >> text;
  if (const auto known = parse_uuid(text)) return *known;

  const Uuid fresh = chance.id<struct NodeTag>(now).value;
  const std::string beside = file + ".new";  // a crash leaves the whole file, or none
  std::ofstream(beside) << to_text(fresh) << '\n';
  std::error_code ignored;  // then it is another one after the next restart, and leases run out first
  std::filesystem::rename(beside, file, ignored);
  return fresh;
}

}  // namespace ringdown
