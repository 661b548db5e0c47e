#include "tests/support/npm_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/support/paths.h"

namespace ringdown::test {
namespace {

namespace fs = std::filesystem;

bool succeeds(const std::string& command) {
  return std::system(command.c_str()) == 0;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

int locked(const fs::path& file) {
  const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0 || ::flock(lock, LOCK_EX) != 0) throw std::runtime_error("cannot lock " + file.string());
  return lock;
}

}  // namespace

NpmFolder::NpmFolder(const std::string& source)
    : source_(fs::path(RINGDOWN_SOURCE "/tests") / source),
      folder_(fs::path(RINGDOWN_BUILD) / (source + "_npm")) {
  fs::create_directories(folder_);
  lock_ = locked(folder_ / "lock");
  if (!succeeds("node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' >/dev/null 2>&1")) {
    missing_ = "needs node 20 or newer on PATH";
  } else if (!succeeds("npm --version >/dev/null 2>&1")) {
    missing_ = "needs npm on PATH";
  } else if (!install()) {
    missing_ = "npm cannot install (offline with an empty cache?); see " + source +
               "_npm/npm.log in the build folder";
  }
}

NpmFolder::~NpmFolder() {
  ::close(lock_);
}

bool NpmFolder::install() const {
  const bool done = fs::exists(folder_ / "node_modules") &&
                    text_of(folder_ / "installed-lock.json") == text_of(source_ / "package-lock.json");
  if (done) return true;

  for (const char* name : {"package.json", "package-lock.json"}) {
    fs::copy_file(source_ / name, folder_ / name, fs::copy_options::overwrite_existing);
  }
  if (!succeeds(in_folder("npm ci --prefer-offline --ignore-scripts --no-audit --no-fund >npm.log 2>&1"))) {
    return false;
  }
  fs::copy_file(source_ / "package-lock.json", folder_ / "installed-lock.json",
                fs::copy_options::overwrite_existing);
  return true;
}

std::string NpmFolder::in_folder(const std::string& command) const {
  return "cd '" + folder_.string() + "' && " + command;
}

std::string NpmFolder::run(const std::string& script, const std::string& arguments) const {
  fs::copy_file(source_ / script, folder_ / script, fs::copy_options::overwrite_existing);
  if (!succeeds(in_folder("node " + script + " " + arguments + " >output"))) {
    throw std::runtime_error(script + " failed");
  }
  return text_of(folder_ / "output");
}

}  // namespace ringdown::test
