#include "carrier/twilio_rest.h"

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

  const auto answer =
      co_await client->send(create_call(*account, whose.workspace, request, setup_.public_url));
  co_return placed_or_not(answer, setup_.errors);
}

Task<Result<std::vector<CarrierCall>>> Rest::find(CarrierAccount whose, std::string to, std::string from,
                                                  Time since) {
  const Result<Account> account = co_await setup_.find_account(whose);
  if (!account) co_return std::unexpected(account.error());
  const Result<HttpClient> client = client_for(account->base_url);
  if (!client) co_return std::unexpected(client.error());

  co_return calls_listed(co_await client->send(list_calls(*account, to, from)), since);
}

Task<Result<std::optional<CarrierCall>>> Rest::fetch(CarrierAccount whose, std::string sid) {
  const Result<Account> account = co_await setup_.find_account(whose);
  if (!account) co_return std::unexpected(account.error());
  const Result<HttpClient> client = client_for(account->base_url);
  if (!client) co_return std::unexpected(client.error());

  co_return call_fetched(co_await client->send(fetch_call(*account, sid)));
}

Task<Result<void>> Rest::end(CarrierAccount whose, std::string sid) {
  const Result<Account> account = co_await setup_.find_account(whose);
  if (!account) co_return std::unexpected(account.error());
  const Result<HttpClient> client = client_for(account->base_url);
  if (!client) co_return std::unexpected(client.error());

  co_return call_ended(co_await client->send(end_call(*account, sid)));
}

Result<HttpClient> Rest::client_for(const std::string& base_url) {
  if (const auto kept = clients_.find(base_url); kept != clients_.end()) return kept->second;

  auto client = HttpClient::open(base_url, setup_.limits);
  if (client) clients_.emplace(base_url, *client);
  return client;
}

}  // namespace ringdown::twilio
