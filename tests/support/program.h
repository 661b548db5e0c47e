// Runs the real ringdown with exactly this environment; its streams go through files, so that neither can
// block it.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/paths.h"
#include "tests/support/temp_dir.h"

namespace ringdown::test {

struct Outcome {
  int status;
  std::string out;
  std::string err;
};

inline std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline Outcome run_ringdown(std::vector<std::string> words, std::vector<std::string> environment = {}) {
  const TempDir folder;
  words.insert(words.begin(), RINGDOWN_BUILD "/ringdown");
  const auto pointers_to = [](std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
  };
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);
  posix_spawn_file_actions_addopen(&streams, 1, (folder / "out").c_str(), O_CREAT | O_WRONLY, 0600);
  posix_spawn_file_actions_addopen(&streams, 2, (folder / "err").c_str(), O_CREAT | O_WRONLY, 0600);
  pid_t child = 0;
  const int error = posix_spawn(&child, words.front().c_str(), &streams, nullptr, pointers_to(words).data(),
                                pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&streams);
  int status = 0;
  if (error != 0 || waitpid(child, &status, 0) != child) throw std::runtime_error("ringdown does not start");
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(folder / "out"), text_of(folder / "err")};
}

}  // namespace ringdown::test
