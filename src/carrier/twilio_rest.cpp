#include "carrier/twilio_rest.h"

#include "base/log.h"
#include "carrier/twilio_answers.h"
#include "carrier/twilio_requests.h"

namespace ringdown::twilio {

Task<CallEvent> Rest::place(CarrierAccount whose, PlaceRequest request) {
  if (setup_.public_url.empty()) {
    co_return Rejected{Rejection::our_fault, "Twilio cannot reach us; set public_url"};
  }
  const Result<Account> account = co_await setup_.find_account(whose);
  if (!account) co_return Rejected{Rejection::our_fault, account.error().text};
  const Result<HttpClient> client = client_for(account->base_url);
  if (!client) co_return Rejected{Rejection::our_fault, client.error().text};

  const Extras extras = plain_.contains(account->sid) ? Extras::left_out : Extras::wanted;
  const auto answer =
      co_await client->send(create_call(*account, whose.workspace, request, setup_.public_url, extras));
  if (extras == Extras::wanted && refuses_extras(answer)) {
    plain_.insert(account->sid);
    log::warn(
        "a carrier account takes no machine detection, so its calls go without; machines that answer pass "
        "for people",
        {{"account", to_text(whose.id)}});
    co_return Rejected{Rejection::busy, "the account takes no machine detection; the call is made without"};
  }
  co_return placed_or_not(answer, setup_.errors);
}

Task<Result<HttpAnswer>> Rest::ask(CarrierAccount whose, MakeCall make) {
  const Result<Account> account = co_await setup_.find_account(whose);
  if (!account) co_return std::unexpected(account.error());
  const Result<HttpClient> client = client_for(account->base_url);
  if (!client) co_return std::unexpected(client.error());

  co_return co_await client->send(make(*account));
}

Task<Result<std::vector<CarrierCall>>> Rest::find(CarrierAccount whose, std::string to, std::string from,
                                                  Time since) {
  co_return calls_listed(
      co_await ask(whose, [&](const Account& account) { return list_calls(account, to, from); }), since);
}

Task<Result<std::optional<CarrierCall>>> Rest::fetch(CarrierAccount whose, std::string sid) {
  co_return call_fetched(
      co_await ask(whose, [&](const Account& account) { return fetch_call(account, sid); }));
}

Task<Result<void>> Rest::speak_anew(CarrierAccount whose, CallId call, std::string sid) {
  co_return call_updated(co_await ask(whose, [&](const Account& account) {
    return twilio::speak_anew(account, {call, whose.workspace}, sid, setup_.public_url);
  }));
}

Task<Result<void>> Rest::end(CarrierAccount whose, std::string sid) {
  co_return call_updated(co_await ask(whose, [&](const Account& account) { return end_call(account, sid); }));
}

Task<Result<CarrierRecording>> Rest::start_recording(CarrierAccount whose, CallId call,
                                                     std::string call_sid) {
  if (setup_.public_url.empty()) {
    co_return fail(Reason::unavailable, "Twilio cannot reach us; set public_url");
  }
  co_return recording_started(co_await ask(whose, [&](const Account& account) {
    return twilio::start_recording(account, {call, whose.workspace}, call_sid, setup_.public_url);
  }));
}

Task<Result<void>> Rest::stop_recording(CarrierAccount whose, std::string call_sid, std::string sid) {
  co_return recording_stopped(co_await ask(
      whose, [&](const Account& account) { return twilio::stop_recording(account, call_sid, sid); }));
}

Task<Result<std::optional<CarrierRecording>>> Rest::find_recording(CarrierAccount whose, std::string sid) {
  co_return recording_fetched(
      co_await ask(whose, [&](const Account& account) { return fetch_recording(account, sid); }));
}

Task<Result<void>> Rest::fetch_sound(CarrierAccount whose, std::string sid, TakePiece take) {
  const Result<Account> account = co_await setup_.find_account(whose);
  if (!account) co_return std::unexpected(account.error());
  const Result<HttpClient> client = HttpClient::open(account->base_url, setup_.sound_limits);
  if (!client) co_return std::unexpected(client.error());

  co_return sound_fetched(co_await client->receive(twilio::fetch_sound(*account, sid), std::move(take)));
}

Task<Result<void>> Rest::erase_recording(CarrierAccount whose, std::string sid) {
  co_return recording_erased(
      co_await ask(whose, [&](const Account& account) { return twilio::erase_recording(account, sid); }));
}

Result<HttpClient> Rest::client_for(const std::string& base_url) {
  if (const auto kept = clients_.find(base_url); kept != clients_.end()) return kept->second;

  auto client = HttpClient::open(base_url, setup_.limits);
  if (client) clients_.emplace(base_url, *client);
  return client;
}

}  // namespace ringdown::twilio
