#include "app/telephone.h"

#include <algorithm>
#include <filesystem>

#include "app/assets.h"
#include "net/url.h"
#include "store/campaigns.h"

namespace ringdown {
namespace {

constexpr const char* live_kind = "twilio";
constexpr const char* sandbox_kind = "sandbox";
constexpr Span unchecked_max = 24h;
constexpr int sandbox_lines = 20;
constexpr double sandbox_pace = 5;  // calls per second
const std::vector<std::string> sandbox_numbers = {"+12125550190", "+12125550191"};

template <class T>
T or_throw(Result<T> result) {
  if (!result) throw Breakage(result.error().reason, result.error().text);
  return *std::move(result);
}

CarrierErrors read_errors(const Config& config) {
  const Asset file = or_throw(read_asset("carrier_errors.toml", config.assets));
  return or_throw(CarrierErrors::parse(file.text, file.origin));
}

std::optional<twilio::Unchecked> unchecked_in(const Config& config, Time now) {
  const auto until = config.twilio_unchecked_until;
  if (!until || *until <= now || config.twilio_account_sid.empty()) return std::nullopt;
  if (*until - now > unchecked_max) {
    throw Breakage(Reason::invalid, "twilio_unchecked_until is more than a day ahead; give a moment within 24 hours");
  }
  return twilio::Unchecked{config.twilio_account_sid, *until};
}

// The twin has people of its own, unless the folder has others, as with all assets.
std::string personas_in(const std::string& folder) {
  const auto file = std::filesystem::path(folder) / "personas.toml";
  std::error_code error;
  return !folder.empty() && std::filesystem::exists(file, error) ? file.string() : "";
}

// What answers on this machine is no telephone company.
bool is_loopback(const std::string& url) {
  const auto parsed = parse_url(url);
  return parsed && (parsed->host == "127.0.0.1" || parsed->host == "::1" || parsed->host == "localhost");
}

}  // namespace

Telephone::Telephone(const Config& config, Db& db, std::string public_url, Time now) : db_(db) {
  take_configured(config);
  if (config.sandbox) start_sandbox(config);
  const CarrierErrors errors = read_errors(config);
  const twilio::RestSetup rest{.find_account = [this](CarrierAccount whose) { return account_of(whose); },
                               .errors = errors,
                               .public_url = public_url};
  rest_ = std::make_unique<twilio::Rest>(rest);
  recorder_ = std::make_unique<twilio::Rest>(rest);
  hooks_ = std::make_unique<twilio::HookReader>(
      twilio::HookSetup{.find_tokens = [this](Workspace workspace, std::string sid) {
                          return tokens_of(workspace, std::move(sid));
                        },
                        .errors = errors,
                        .public_url = std::move(public_url),
                        .unchecked = unchecked_in(config, now)});
}

Telephone::~Telephone() = default;

std::vector<flow::AccountOffer> Telephone::offers() const {
  std::vector<flow::AccountOffer> all;
  for (const Line& line : lines_) all.push_back(line.offer);
  return all;
}

void Telephone::take_configured(const Config& config) {
  if (config.twilio_account_sid.empty() || !config.twilio_auth_token) return;
  const bool rehearses = is_loopback(config.twilio_base_url);
  const bool by_key = !config.twilio_api_key.empty() && config.twilio_api_secret;
  Line line{.offer = {.workspaces = rehearses ? WorkspaceKind::rehearsal : WorkspaceKind::live,
                      .kind = live_kind,
                      .name = "Twilio",
                      .caller_ids = config.twilio_from},
            .account = {.sid = config.twilio_account_sid,
                        .key = by_key ? config.twilio_api_key : "",
                        .secret = by_key ? *config.twilio_api_secret : *config.twilio_auth_token,
                        .base_url = config.twilio_base_url},
            .tokens = {*config.twilio_auth_token}};
  if (config.twilio_old_auth_token) line.tokens.push_back(*config.twilio_old_auth_token);
  lines_.push_back(std::move(line));
}

void Telephone::start_sandbox(const Config& config) {
  twin_ = std::make_unique<sandbox::TwilioTwin>(
      sandbox::TwinOptions{.speed = config.speed,
                           .calls_per_second = sandbox_pace,
                           .personas_file = personas_in(config.assets)});
  or_throw(twin_->listen("127.0.0.1:0"));
  twin_->start();
  const Secret token(twin_->auth_token());
  lines_.push_back({.offer = {.workspaces = WorkspaceKind::rehearsal,
                              .kind = sandbox_kind,
                              .name = "Sandbox",
                              .caller_ids = sandbox_numbers,
                              .calls_per_second = static_cast<int>(sandbox_pace),
                              .live_calls_max = sandbox_lines},
                    .account = {.sid = twin_->account_sid(), .key = "", .secret = token, .base_url = twin_->base_url()},
                    .tokens = {token}});
}

Task<Result<twilio::Account>> Telephone::account_of(CarrierAccount whose) const {
  const auto accounts =
      co_await db_.read(whose.workspace, [](Tx& tx) { return store::accounts(tx); });
  const auto account = std::ranges::find(accounts, whose.id, &Account::id);
  if (account == accounts.end()) co_return fail(Reason::not_found, "the carrier account is gone");
  for (const Line& line : lines_) {
    if (line.offer.kind == account->kind) co_return line.account;
  }
  co_return fail(Reason::not_found, "no credentials are configured for the carrier account " + account->name);
}

Task<std::vector<Secret>> Telephone::tokens_of(Workspace workspace, std::string account_sid) const {
  const auto accounts = co_await db_.read(workspace, [](Tx& tx) { return store::accounts(tx); });
  for (const Line& line : lines_) {
    const bool is_theirs = std::ranges::find(accounts, line.offer.kind, &Account::kind) != accounts.end();
    if (is_theirs && line.account.sid == account_sid) co_return line.tokens;
  }
  co_return std::vector<Secret>{};
}

}  // namespace ringdown
