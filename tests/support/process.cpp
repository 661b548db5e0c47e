#include "tests/support/process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace ringdown::test {
namespace {

std::vector<char*> pointers_to(Words& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

pid_t start(Words& command, Words& environment, posix_spawn_file_actions_t& streams) {
  pid_t child = 0;
  const int error = posix_spawnp(&child, command.front().c_str(), &streams, nullptr,
                                 pointers_to(command).data(), pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&streams);
  if (error != 0) throw std::runtime_error(command.front() + " cannot be started");
  return child;
}

int status_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Outcome run_program(Words command, Words environment, const std::string& input) {
  const TempDir folder;
  std::ofstream(folder / "in") << input;
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);
  posix_spawn_file_actions_addopen(&streams, STDOUT_FILENO, (folder / "out").c_str(), O_CREAT | O_WRONLY,
                                   0600);
  posix_spawn_file_actions_addopen(&streams, STDERR_FILENO, (folder / "err").c_str(), O_CREAT | O_WRONLY,
                                   0600);
  posix_spawn_file_actions_addopen(&streams, STDIN_FILENO, (folder / "in").c_str(), O_RDONLY, 0);
  const int status = status_of(start(command, environment, streams));
  return {status, text_of(folder / "out"), text_of(folder / "err")};
}

RunningServer::RunningServer(Words command, Words environment) {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);
  posix_spawn_file_actions_adddup2(&streams, pipe_ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&streams, STDERR_FILENO, (streams_ / "err").c_str(), O_CREAT | O_WRONLY,
                                   0600);
  pid_ = start(command, environment, streams);
  close(pipe_ends[1]);

  out_ = pipe_ends[0];

  const std::string before = "listening on ";
  while (address_.empty()) {
    const std::string printed = line();
    if (printed.empty()) break;
    if (const auto at = printed.find(before); at != std::string::npos)
      address_ = printed.substr(at + before.size());
  }
  if (!address_.empty()) return;
  close(out_);
  throw std::runtime_error(command.front() + " does not listen: " + log());
}

std::string RunningServer::line() {
  char byte = 0;
  std::string line;
  while (read(out_, &byte, 1) == 1 && byte != '\n') line += byte;
  return line;
}

RunningServer::~RunningServer() {
  if (pid_ != 0) end(SIGKILL);
  close(out_);
}

std::string RunningServer::log() const {
  return text_of(streams_ / "err");
}

int RunningServer::end(int signal) {
  kill(pid_, signal);
  const int status = status_of(pid_);
  pid_ = 0;
  return status;
}

}  // namespace ringdown::test
