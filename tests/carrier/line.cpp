#include "tests/carrier/line.h"

#include <algorithm>

#include "base/text.h"
#include "carrier/twilio_requests.h"

namespace ringdown::test {
namespace {

std::string started(sandbox::TwilioTwin& twin) {
  twin.listen("127.0.0.1:0").value();
  twin.start();
  return twin.base_url();
}

}  // namespace

Line::Line(sandbox::TwinOptions options)
    : twin(options),
      carrier(
          {.find_account = [this](CarrierAccount) -> Task<Result<twilio::Account>> { co_return account(); },
           .errors = {.twilio = {{21217, {Rejection::invalid_number, "no number"}},
                                 {21216, {Rejection::blocked, "blocked"}},
                                 {21215, {Rejection::our_fault, "permission"}}}},
           .public_url = product.url(),
           .limits = {.deadline = 5s}}) {
  started(twin);
}

PlaceRequest Line::request(std::string_view to) {
  return {.call = some_call,
          .to = std::string(to),
          .from = "+12125550100",
          .message = "",
          .ring_timeout = 30s,
          .talk_limit = 600s};
}

twilio::Account Line::account() const {
  return {
      .sid = twin.account_sid(), .key = "", .secret = Secret(twin.auth_token()), .base_url = twin.base_url()};
}

Result<HttpAnswer> Line::ask(HttpCall call) const {
  return await(HttpClient::open(twin.base_url()).value().send(std::move(call)));
}

void Line::tell_twin(std::string_view path, std::string form) const {
  HttpCall call = twilio::end_call(account(), "CA");  // for its headers
  call.target = path;
  call.body = std::move(form);
  if (ask(std::move(call)).value().status != 204) throw std::runtime_error("the twin did not understand");
}

std::vector<sandbox::Entry> Line::ledger() const {
  HttpCall call = twilio::fetch_call(account(), "CA");
  call.target = "/twin/ledger";
  std::vector<sandbox::Entry> entries;
  const auto answer = ask(std::move(call)).value();
  for (const std::string_view line : split(answer.body, '\n')) {
    if (!line.empty()) entries.push_back(read_json<sandbox::Entry>(line).value());
  }
  return entries;
}

int Line::count(std::string_view what) const {
  return static_cast<int>(std::ranges::count(ledger(), what, &sandbox::Entry::what));
}

}  // namespace ringdown::test
