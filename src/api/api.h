// What the handlers of the API work with. app/serve builds it once; every loop reads it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ringdown {

class Chance;
class Clock;
class Db;
class Issuers;
class PasswordPool;
class Vault;

struct ApiConfig {
  std::string version = "0";
  std::string public_url;                 // without a slash at the end; empty where nothing is configured
  std::vector<std::string> cors_origins;  // other web sites that may use the API: https://crm.example.com
};

// The name of the session's cookie; under TLS with "__Host-" in front.
inline constexpr std::string_view session_cookie = "ringdown_session";

struct Api {
  Db& db;
  Clock& clock;
  Chance& chance;
  const ApiConfig& config;
  PasswordPool* passwords = nullptr;  // for accounts
  const Vault* vault = nullptr;      // for the routes of integrations and second factors
  const Issuers* issuers = nullptr;  // for tokens and identities
};

}  // namespace ringdown
