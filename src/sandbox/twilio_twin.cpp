#include "sandbox/twilio_twin.h"

#include "net/http_server.h"
#include "sandbox/rest.h"
#include "sandbox/speakers.h"

namespace ringdown::sandbox {
namespace {

Credentials credentials_of(std::uint64_t seed) {
  Chance chance = chance_of(seed, "account");
  const std::string sid = "AC" + hex_digits(chance, 32);
  return {sid, hex_digits(chance, 32)};
}

}  // namespace

struct TwilioTwin::Parts {
  explicit Parts(const TwinOptions& options)
      : credentials(credentials_of(options.seed)),
        ledger(options.ledger_file),
        mishaps(options.seed),
        callees(options.seed, Personas::load(options.personas_file)),
        hooks(loops.executor(), credentials.token, options.speed, options.seed, ledger, mishaps),
        recordings({credentials.account_sid, base_url, options.speed, options.seed}, hooks, ledger),
        calls(loops.executor(), options.seed, ledger),
        course({loops.executor(), credentials.account_sid, options.speed}, hooks, recordings, ledger),
        talk(options.speed, ledger),
        conferences(credentials.account_sid, options.seed, hooks, ledger),
        streams({credentials.account_sid, credentials.token, options.speed, options.seed}, hooks, ledger),
        exchange({loops.executor(), options.speed, options.calls_per_second}, callees, calls, course, talk,
                 hooks, conferences, recordings, streams),
        rest(loops.executor(), credentials, options.speed, calls, exchange, recordings, speakers, callees,
             mishaps, ledger),
        server(loops, HttpLimits{}, {.answer = [this](Request& request) { return rest.answer(request); }}) {}

  std::string base_url;
  Loops loops{1};
  Credentials credentials;
  Ledger ledger;
  Mishaps mishaps;
  Callees callees;
  Hooks hooks;
  Speakers speakers;
  Recordings recordings;
  Calls calls;
  Course course;
  Talk talk;
  Conferences conferences;
  Streams streams;
  Exchange exchange;
  Rest rest;
  HttpServer server;
};

TwilioTwin::TwilioTwin(const TwinOptions& options) : parts_(std::make_unique<Parts>(options)) {}

TwilioTwin::~TwilioTwin() {
  stop();
}

Result<std::uint16_t> TwilioTwin::listen(std::string_view address) {
  const auto port = parts_->server.listen(address);
  if (port) {
    parts_->base_url =
        "http://" + std::string(address.substr(0, address.rfind(':'))) + ":" + std::to_string(*port);
  }
  return port;
}

void TwilioTwin::start() {
  parts_->loops.start();
  parts_->server.start();
}

void TwilioTwin::stop() {
  parts_->server.stop(Span{0});
  parts_->loops.stop();
}

const std::string& TwilioTwin::base_url() const {
  return parts_->base_url;
}

const std::string& TwilioTwin::account_sid() const {
  return parts_->credentials.account_sid;
}

const std::string& TwilioTwin::auth_token() const {
  return parts_->credentials.token;
}

Callees& TwilioTwin::callees() {
  return parts_->callees;
}

Mishaps& TwilioTwin::mishaps() {
  return parts_->mishaps;
}

}  // namespace ringdown::sandbox
