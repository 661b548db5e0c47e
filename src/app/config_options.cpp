#include "app/config_options.h"

#include <algorithm>
#include <array>

#include "app/config_values.h"
#include "base/text.h"

namespace ringdown {
namespace {

using Values = std::span<const std::string>;

template <auto member, auto read>
std::optional<Refusal> one(Config& config, Values values) {
  auto value = read(values.back());
  if (!value) return Refusal{values.back(), value.error()};

  config.*member = *std::move(value);
  return std::nullopt;
}

template <auto member, auto read>
std::optional<Refusal> many(Config& config, Values texts) {
  std::remove_reference_t<decltype(config.*member)> values;
  for (const std::string& text : texts) {
    auto value = read(text);
    if (!value) return Refusal{text, value.error()};
    values.push_back(*std::move(value));
  }
  config.*member = std::move(values);
  return std::nullopt;
}

template <auto member, auto read>
std::optional<Refusal> some(Config& config, Values texts) {
  if (texts.empty()) return Refusal{"", "is not enough; name at least one"};
  return many<member, read>(config, texts);
}

constexpr std::array table = {
    Option{.key = "config",
           .shape = Shape::text,
           .value_name = "FILE",
           .help = "the configuration file; else DATA/ringdown.toml if there is one",
           .take = one<&Config::config_file, read_text>,
           .in_file = false},
    Option{.key = "data",
           .shape = Shape::text,
           .value_name = "DIR",
           .standard = "./data",
           .help = "the folder that holds everything Ringdown keeps",
           .take = one<&Config::data, read_text>},
    Option{.key = "assets",
           .shape = Shape::text,
           .value_name = "DIR",
           .help = "a folder whose files replace the built-in ones of the same name (places.csv, …)",
           .take = one<&Config::assets, read_text>},
    Option{.key = "listen",
           .shape = Shape::list,
           .value_name = "HOST:PORT",
           .standard = "127.0.0.1:8080",
           .help = "where to listen; port 0 takes a free one",
           .take = some<&Config::listen, read_endpoint>},
    Option{.key = "public_url",
           .shape = Shape::text,
           .value_name = "URL",
           .help = "where people and providers reach this product",
           .take = one<&Config::public_url, read_web_origin>,
           .own_variable = "PUBLIC_URL"},
    Option{.key = "tls_certificate",
           .shape = Shape::text,
           .value_name = "FILE",
           .help = "the certificate chain (PEM); with tls_key, listens with TLS",
           .take = one<&Config::tls_certificate, read_text>},
    Option{.key = "tls_key",
           .shape = Shape::text,
           .value_name = "FILE",
           .help = "the certificate's private key (PEM)",
           .take = one<&Config::tls_key, read_text>},
    Option{.key = "trusted_proxies",
           .shape = Shape::list,
           .value_name = "NETWORK",
           .help = "proxies whose X-Forwarded-For is believed",
           .take = many<&Config::trusted_proxies, read_network>},
    Option{.key = "cors_origins",
           .shape = Shape::list,
           .value_name = "URL",
           .help = "other web sites that may use the API from a browser",
           .take = many<&Config::cors_origins, read_web_origin>},
    Option{.key = "database_url",
           .shape = Shape::text,
           .value_name = "URL",
           .help = "a PostgreSQL database; else SQLite in the data folder",
           .take = one<&Config::database_url, read_database_url>,
           .own_variable = "DATABASE_URL",
           .secret = true},
    Option{.key = "migrate_database_url",
           .shape = Shape::text,
           .value_name = "URL",
           .help = "the same database as its owner, who migrates it",
           .take = one<&Config::migrate_database_url, read_database_url>,
           .own_variable = "MIGRATE_DATABASE_URL",
           .secret = true},
    Option{.key = "store_threads",
           .shape = Shape::number,
           .value_name = "N",
           .standard = "4",
           .help = "threads, and with PostgreSQL connections, of the store",
           .take = one<&Config::store_threads, read_store_threads>},
    Option{.key = "sandbox",
           .shape = Shape::yes_no,
           .value_name = "",
           .standard = "false",
           .help = "starts twins of all providers, to rehearse without accounts, on sample leads",
           .take = one<&Config::sandbox, read_yes_no>},
    Option{.key = "speed",
           .shape = Shape::number,
           .value_name = "X",
           .standard = "1",
           .help = "how much faster than life rehearsals run, 1 to 1000",
           .take = one<&Config::speed, read_speed>},
    Option{.key = "creation_delay_max",
           .shape = Shape::number,
           .value_name = "SECONDS",
           .standard = "600",
           .help = "how long a carrier may take to list a call it made, 10 to 3600",
           .take = one<&Config::creation_delay_max, read_creation_delay>},
    Option{.key = "log_level",
           .shape = Shape::text,
           .value_name = "LEVEL",
           .standard = "info",
           .help = "debug, info, warn or error",
           .take = one<&Config::log_level, read_log_level>},
    Option{.key = "metrics_token",
           .shape = Shape::text,
           .value_name = "TOKEN",
           .help = "who reads /metrics must show it",
           .take = one<&Config::metrics_token, read_token>,
           .secret = true},
    Option{.key = "cron_secret",
           .shape = Shape::text,
           .value_name = "TOKEN",
           .help = "who calls /api/cron must show it",
           .take = one<&Config::cron_secret, read_token>,
           .own_variable = "CRON_SECRET",
           .secret = true},
    Option{.key = "key_file",
           .shape = Shape::text,
           .value_name = "FILE",
           .help = "the keys that seal secrets, the same for all nodes; else DATA/ringdown.key",
           .take = one<&Config::key_file, read_text>},
    Option{.key = "supabase_issuer",
           .shape = Shape::text,
           .value_name = "URL",
           .help = "believes tokens of this Supabase: https://PROJECT.supabase.co/auth/v1",
           .take = one<&Config::supabase_issuer, read_url>},
    Option{.key = "supabase_jwt_secret",
           .shape = Shape::text,
           .value_name = "SECRET",
           .help = "the project's legacy JWT secret; its tokens are then believed by HS256",
           .take = one<&Config::supabase_jwt_secret, read_token>,
           .secret = true},
    Option{.key = "supabase_jwks_url",
           .shape = Shape::text,
           .value_name = "URL",
           .help = "where its signing keys are; by itself below the issuer, beside a secret only if set",
           .take = one<&Config::supabase_jwks_url, read_url>},
    Option{.key = "supabase_audience",
           .shape = Shape::text,
           .value_name = "NAME",
           .standard = "authenticated",
           .help = "whom its tokens must be meant for",
           .take = one<&Config::supabase_audience, read_text>},
    Option{.key = "clerk_issuer",
           .shape = Shape::text,
           .value_name = "URL",
           .help = "believes tokens of this Clerk: its frontend API's URL",
           .take = one<&Config::clerk_issuer, read_url>},
    Option{.key = "clerk_jwks_url",
           .shape = Shape::text,
           .value_name = "URL",
           .help = "where its signing keys are; by itself below the issuer",
           .take = one<&Config::clerk_jwks_url, read_url>},
    Option{.key = "clerk_authorized_parties",
           .shape = Shape::list,
           .value_name = "URL",
           .help = "the web sites whose tokens of Clerk are believed",
           .take = some<&Config::clerk_authorized_parties, read_web_origin>},
    Option{.key = "twilio_account_sid",
           .shape = Shape::text,
           .value_name = "SID",
           .help = "the Twilio account that carries calls: AC and 32 hex digits",
           .take = one<&Config::twilio_account_sid, read_account_sid>,
           .own_variable = "TWILIO_ACCOUNT_SID"},
    Option{.key = "twilio_auth_token",
           .shape = Shape::text,
           .value_name = "TOKEN",
           .help = "the account's auth token, by which Twilio signs what it reports",
           .take = one<&Config::twilio_auth_token, read_token>,
           .own_variable = "TWILIO_AUTH_TOKEN",
           .secret = true},
    Option{.key = "twilio_old_auth_token",
           .shape = Shape::text,
           .value_name = "TOKEN",
           .help = "the auth token before, whose signatures still hold while you rotate",
           .take = one<&Config::twilio_old_auth_token, read_token>,
           .own_variable = "TWILIO_OLD_AUTH_TOKEN",
           .secret = true},
    Option{.key = "twilio_api_key",
           .shape = Shape::text,
           .value_name = "SID",
           .help = "an API key that signs in instead of the auth token: SK…",
           .take = one<&Config::twilio_api_key, read_text>,
           .own_variable = "TWILIO_API_KEY"},
    Option{.key = "twilio_api_secret",
           .shape = Shape::text,
           .value_name = "SECRET",
           .help = "the API key's secret",
           .take = one<&Config::twilio_api_secret, read_token>,
           .own_variable = "TWILIO_API_SECRET",
           .secret = true},
    Option{.key = "twilio_from",
           .shape = Shape::list,
           .value_name = "NUMBER",
           .help = "the account's numbers that calls come from, such as +12125550100",
           .take = some<&Config::twilio_from, read_caller_id>,
           .own_variable = "TWILIO_FROM"},
    Option{.key = "twilio_base_url",
           .shape = Shape::text,
           .value_name = "URL",
           .standard = "https://api.twilio.com",
           .help = "where Twilio's REST is, or a twin of it",
           .take = one<&Config::twilio_base_url, read_url>,
           .own_variable = "TWILIO_BASE_URL"},
    Option{.key = "twilio_unchecked_until",
           .shape = Shape::text,
           .value_name = "MOMENT",
           .help = "until then, a day ahead at most, callbacks with a wrong signature are believed, with a "
                   "warning each",
           .take = one<&Config::twilio_unchecked_until, read_moment>},
};

}  // namespace

std::string Option::flag() const {
  std::string name(key);
  std::ranges::replace(name, '_', '-');
  return "--" + name;
}

std::string Option::variable() const {
  if (!own_variable.empty()) return std::string(own_variable);

  std::string name = "RINGDOWN_";
  for (const char c : key) name += c == '_' ? c : static_cast<char>(c - 'a' + 'A');
  return name;
}

std::span<const Option> options() {
  return table;
}

const Option* option_of(std::string_view key) {
  const auto found = std::ranges::find(table, key, &Option::key);
  return found == table.end() ? nullptr : &*found;
}

std::vector<std::string> values_of(const Option& option, std::string_view text) {
  if (option.shape != Shape::list) return {std::string(text)};

  std::vector<std::string> values;
  for (const std::string_view part : split(text, ',')) values.emplace_back(trimmed(part));
  return values;
}

}  // namespace ringdown
