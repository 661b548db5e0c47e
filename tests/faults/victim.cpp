#include "tests/faults/victim.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "tests/support/paths.h"

namespace ringdown::test {
namespace {

// Opened beforehand: the build folder may be closed to nobody.
[[noreturn]] void become(int program, int output, std::vector<char*>& argv, const passwd* user) {
  dup2(output, STDOUT_FILENO);
  if (user && (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0))
    _exit(126);
  fexecve(program, argv.data(), environ);
  _exit(127);
}

}  // namespace

Victim::Victim(const std::vector<std::string>& words, User user) {
  std::vector<char*> argv{const_cast<char*>("store_victim")};
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const passwd* nobody = user == User::nobody && is_root() ? getpwnam("nobody") : nullptr;
  const int program = open(RINGDOWN_BUILD "/store_victim", O_RDONLY | O_CLOEXEC);
  int ends[2];
  if (program < 0 || pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("store_victim is not built");

  pid_ = fork();
  if (pid_ == 0) become(program, ends[1], argv, nobody);
  close(program);
  close(ends[1]);
  output_ = ends[0];
}

Victim::~Victim() {
  kill();
  waitpid(pid_, nullptr, 0);
  close(output_);
}

void Victim::kill() {
  ::kill(pid_, SIGKILL);
}

std::optional<std::string> Victim::line() {
  while (!read_.contains('\n')) {
    char buffer[4096];
    const auto got = read(output_, buffer, sizeof buffer);
    if (got <= 0) return std::nullopt;
    read_.append(buffer, static_cast<std::size_t>(got));
  }
  std::string line = read_.substr(0, read_.find('\n'));
  read_.erase(0, line.size() + 1);
  return line;
}

bool is_root() {
  return geteuid() == 0;
}

void give_to_nobody(const std::string& path) {
  const passwd* nobody = getpwnam("nobody");
  if (chown(path.c_str(), nobody->pw_uid, nobody->pw_gid) != 0)
    throw std::runtime_error("chown failed: " + path);
}

}  // namespace ringdown::test
