#include "app/open_carrier.h"

#include "app/assets.h"
#include "carrier/twilio_hook_reader.h"
#include "carrier/twilio_rest.h"

namespace ringdown {
namespace {

template <class T>
T or_throw(Result<T> result) {
  if (!result) throw Breakage(result.error().reason, result.error().text);
  return *std::move(result);
}

CarrierErrors errors_of(const Config& config) {
  Asset asset = or_throw(read_asset("carrier_errors.toml", config.assets));
  return or_throw(CarrierErrors::parse(asset.text, std::move(asset.origin)));
}

Result<twilio::Account> account_of(const Config& config) {
  if (!config.twilio_auth_token) {
    return fail(Reason::not_found,
                "no Twilio account is set up; set twilio_account_sid and twilio_auth_token");
  }
  return twilio::Account{.sid = config.twilio_account_sid,
                         .key = config.twilio_api_key,
                         .secret = config.twilio_api_secret.value_or(*config.twilio_auth_token),
                         .base_url = config.twilio_base_url};
}

std::vector<Secret> tokens_of(const Config& config) {
  std::vector<Secret> tokens;
  for (const auto& token : {config.twilio_auth_token, config.twilio_old_auth_token}) {
    if (token) tokens.push_back(*token);
  }
  return tokens;
}

}  // namespace

CarrierParts open_carrier(const Config& config, const std::string& public_url) {
  const CarrierErrors errors = errors_of(config);
  const Result<twilio::Account> account = account_of(config);
  auto find_account = [account](CarrierAccount) -> Task<Result<twilio::Account>> { co_return account; };
  auto find_tokens = [sid = config.twilio_account_sid, tokens = tokens_of(config)](
                         Workspace, std::string wanted) -> Task<std::vector<Secret>> {
    co_return wanted == sid ? tokens : std::vector<Secret>{};
  };
  return {std::make_unique<twilio::Rest>(
              twilio::RestSetup{.find_account = find_account, .errors = errors, .public_url = public_url}),
          std::make_unique<twilio::HookReader>(
              twilio::HookSetup{.find_tokens = find_tokens, .errors = errors, .public_url = public_url})};
}

}  // namespace ringdown
