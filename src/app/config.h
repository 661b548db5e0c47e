// The configuration of one process: flags over environment over one TOML file over defaults. Reading it is a
// pure function of the three texts; config_sources gathers them, config_options says what there is to set.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/secret.h"

namespace ringdown {

struct Endpoint {
  std::string host;  // an address, never a name
  std::uint16_t port;

  bool operator==(const Endpoint&) const = default;
};

std::string to_text(const Endpoint&);

struct Config {
  std::string config_file;
  std::string data;
  std::string assets;  // empty: the built-in ones
  std::vector<Endpoint> listen;
  std::string public_url;  // without a slash at the end; empty: the first listen address
  std::string tls_certificate;
  std::string tls_key;
  std::vector<std::string> trusted_proxies;  // addresses and networks (10.0.0.0/8)
  std::vector<std::string> cors_origins;
  std::optional<Secret> database_url;  // nothing: SQLite in the data folder
  std::optional<Secret> migrate_database_url;
  int store_threads = 0;
  bool sandbox = false;
  double speed = 1;            // of rehearsals
  int creation_delay_max = 0;  // seconds until a carrier lists a call it made
  log::Level log_level = log::Level::info;
  std::optional<Secret> metrics_token;
  std::optional<Secret> cron_secret;
  std::string key_file;  // empty: DATA/ringdown.key
  std::string supabase_issuer;
  std::optional<Secret> supabase_jwt_secret;
  std::string supabase_jwks_url;
  std::string supabase_audience;
  std::string clerk_issuer;
  std::string clerk_jwks_url;
  std::vector<std::string> clerk_authorized_parties;
  std::string twilio_account_sid;
  std::optional<Secret> twilio_auth_token;
  std::optional<Secret> twilio_old_auth_token;  // signatures by it still hold
  std::string twilio_api_key;                   // what signs in instead of the token
  std::optional<Secret> twilio_api_secret;
  std::vector<std::string> twilio_from;  // numbers in E.164
  std::string twilio_base_url;
  std::optional<Time> twilio_unchecked_until;  // till then wrong signatures are borne
};

struct ConfigFile {
  std::string path;
  std::expected<std::string, std::string> text;  // or why it cannot be read
};

struct Sources {
  std::map<std::string, std::vector<std::string>> flags;  // by key, as often as given
  std::map<std::string, std::string> environment;
  std::optional<ConfigFile> file;
};

struct Origin {
  enum class Kind { standard, file, environment, flag };

  Kind kind = Kind::standard;
  std::string name = "default";  // --listen, RINGDOWN_LISTEN, ringdown.toml line 3
};

struct Complaint {
  std::string key;
  std::string origin;
  std::string text;  // never holds the value of a secret

  bool operator==(const Complaint&) const = default;
};

std::string to_text(const Complaint&);

// One line of what `doctor` prints: a secret is shown as "set" or "not set".
struct Setting {
  std::string key;
  std::string shown;
  Origin origin;
  bool secret;
};

// With complaints, `config` holds the default wherever a value was refused; only doctor may go on with that.
struct Reading {
  Config config;
  std::vector<Setting> settings;
  std::vector<Complaint> complaints;
  std::optional<std::string> file;  // the configuration file that was read
};

Reading read_config(const Sources&);

}  // namespace ringdown
