#include "tests/support/ringdown_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "net/http_client.h"
#include "ports/await.h"
#include "tests/support/paths.h"

namespace ringdown::test {
namespace {

std::vector<char*> pointers_to(Words& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

pid_t start(Words& words, Words& environment, posix_spawn_file_actions_t& streams) {
  words.insert(words.begin(), RINGDOWN_BUILD "/ringdown");
  pid_t child = 0;
  const int error = posix_spawn(&child, words.front().c_str(), &streams, nullptr, pointers_to(words).data(),
                                pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&streams);
  if (error != 0) throw std::runtime_error("ringdown cannot be started");
  return child;
}

int status_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

Outcome run_ringdown(Words words, Words environment) {
  const TempDir folder;
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);
  posix_spawn_file_actions_addopen(&streams, STDOUT_FILENO, (folder / "out").c_str(), O_CREAT | O_WRONLY, 0600);
  posix_spawn_file_actions_addopen(&streams, STDERR_FILENO, (folder / "err").c_str(), O_CREAT | O_WRONLY, 0600);
  const int status = status_of(start(words, environment, streams));
  return {status, text_of(folder / "out"), text_of(folder / "err")};
}

RunningRingdown::RunningRingdown(Words flags, Words environment) {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);
  posix_spawn_file_actions_adddup2(&streams, pipe_ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&streams, STDERR_FILENO, (streams_ / "err").c_str(), O_CREAT | O_WRONLY, 0600);
  flags.insert(flags.begin(), {"serve", "--listen", "127.0.0.1:0"});
  pid_ = start(flags, environment, streams);
  close(pipe_ends[1]);

  std::string printed;
  const std::string before = "listening on ";
  char piece[256];
  for (ssize_t got; (got = read(pipe_ends[0], piece, sizeof piece)) > 0;) {
    printed.append(piece, static_cast<std::size_t>(got));
    const auto at = printed.find(before);
    const auto end = at == std::string::npos ? at : printed.find('\n', at);
    if (end == std::string::npos) continue;
    address_ = printed.substr(at + before.size(), end - at - before.size());
    break;
  }
  close(pipe_ends[0]);
  if (address_.empty()) throw std::runtime_error("ringdown does not listen: " + log());
}

RunningRingdown::~RunningRingdown() {
  if (pid_ != 0) end(SIGKILL);
}

std::string RunningRingdown::log() const { return text_of(streams_ / "err"); }

std::pair<int, std::string> RunningRingdown::get(const std::string& path) const {
  const HttpClient client = HttpClient::open(address_).value();
  const HttpAnswer answer = await(client.send({.target = path})).value();
  return {answer.status, answer.body};
}

int RunningRingdown::end(int signal) {
  kill(pid_, signal);
  const int status = status_of(pid_);
  pid_ = 0;
  return status;
}

}  // namespace ringdown::test
