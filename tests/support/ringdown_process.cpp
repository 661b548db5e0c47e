#include "tests/support/ringdown_process.h"

#include <algorithm>

#include "net/http_client.h"
#include "ports/await.h"
#include "tests/support/paths.h"

namespace ringdown::test {
namespace {

Words ringdown(Words words, const Words& more = {}) {
  words.insert(words.begin(), RINGDOWN_BUILD "/ringdown");
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Words with_a_place_to_listen(Words flags) {
  if (std::ranges::find(flags, "--listen") == flags.end()) {
    flags.insert(flags.end(), {"--listen", "127.0.0.1:0"});
  }
  return flags;
}

}  // namespace

Outcome run_ringdown(Words words, Words environment, const std::string& input) {
  return run_program(ringdown(std::move(words)), std::move(environment), input);
}

RunningRingdown::RunningRingdown(Words flags, Words environment)
    : RunningServer(ringdown({"serve"}, with_a_place_to_listen(std::move(flags))), std::move(environment)) {}

std::pair<int, std::string> RunningRingdown::get(const std::string& path) const {
  const HttpClient client = HttpClient::open(address()).value();
  const HttpAnswer answer = await(client.send({.target = path})).value();
  return {answer.status, answer.body};
}

}  // namespace ringdown::test
