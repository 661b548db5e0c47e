// `ringdown sandbox`: the twin of Twilio by itself, for rehearsals and for other people's tests.
#include <csignal>
#include <cstdio>

#include "app/commands.h"
#include "base/text.h"
#include "sandbox/twilio_twin.h"

namespace ringdown {
namespace {

[[noreturn]] void refuse(const std::string& what) {
  throw Breakage(Reason::invalid, what);
}

std::pair<std::string_view, std::string_view> halves_of(std::string_view word) {
  const auto equals = word.find('=');
  if (equals == word.npos) refuse(std::string(word) + " has no =; write NAME=VALUE");
  return {word.substr(0, equals), word.substr(equals + 1)};
}

template <class Word>
Word word_called(std::string_view text) {
  const auto word = parse_enum<Word>(text);
  if (word) return *word;

  std::string known;
  for (const std::string& one : words_of<Word>()) known += (known.empty() ? "" : ", ") + one;
  refuse(std::string(text) + " is none of " + known);
}

void prepare(sandbox::TwilioTwin& twin, const SandboxOptions& options) {
  for (const std::string& word : options.callees) {
    const auto [number, fate] = halves_of(word);
    if (!twin.callees().set(std::string(number), fate))
      refuse(std::string(fate) + " is none of " + twin.callees().ids());
  }
  for (const std::string& word : options.mishaps) {
    const auto [name, percent] = halves_of(word);
    const double rate = std::strtod(std::string(percent).c_str(), nullptr) / 100;
    twin.mishaps().set_rate(word_called<sandbox::Mishap>(name), rate);
  }
}

sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

}  // namespace

int run_sandbox(const SandboxOptions& options) {
  const sigset_t signals = block_signals();
  sandbox::TwilioTwin twin({.speed = options.speed,
                            .seed = options.seed,
                            .calls_per_second = options.calls_per_second,
                            .ledger_file = options.ledger,
                            .personas_file = options.personas});
  prepare(twin, options);
  if (const auto port = twin.listen(options.listen); !port) refuse(port.error().text);
  twin.start();
  std::printf("listening on %s\n", twin.base_url().c_str());
  std::printf("TWILIO_BASE_URL=%s\nTWILIO_ACCOUNT_SID=%s\nTWILIO_AUTH_TOKEN=%s\n", twin.base_url().c_str(),
              twin.account_sid().c_str(), twin.auth_token().c_str());
  std::fflush(stdout);

  int signal = 0;
  sigwait(&signals, &signal);
  twin.stop();
  return 0;
}

}  // namespace ringdown
