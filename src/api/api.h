// What the handlers of the API work with. app/serve builds it once; every loop reads it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "domain/access.h"
#include "net/http.h"
#include "ports/task.h"

namespace ringdown {

class Chance;
class Clock;
class Db;
class HookReader;
class Issuers;
class Live;
class PasswordPool;
class SoundShelf;
class Vault;
struct Api;
struct Atlas;
namespace flow {
struct Engine;
}

// Who asks, as far as the request proves it; a failure is its answer.
using Identify = std::function<Task<Result<std::optional<Caller>>>(Request&, Api&)>;

struct ApiConfig {
  std::string version = "0";
  std::string public_url;                 // without a slash at the end; empty where nothing is configured
  std::vector<std::string> cors_origins;  // other web sites that may use the API: https://crm.example.com
  std::optional<Secret> cron_secret{};    // nothing: /api/cron serves nobody
  std::optional<Secret> metrics_token{};  // nothing: /metrics serves this machine only
};

// The name of the session's cookie; under TLS with "__Host-" in front.
inline constexpr std::string_view session_cookie = "ringdown_session";

struct Api {
  Db& db;
  Clock& clock;
  Chance& chance;
  const ApiConfig& config;
  PasswordPool* passwords = nullptr;
  const Vault* vault = nullptr;          // what seals secrets
  const Issuers* issuers = nullptr;      // whose tokens are believed
  const Atlas* atlas = nullptr;          // what is known of numbers and places
  Live* live = nullptr;                  // where events are served
  HookReader* hooks = nullptr;           // what understands carriers; with an engine
  const SoundShelf* shelf = nullptr;     // where recordings are kept
  const flow::Engine* engine = nullptr;  // what dials
  Identify identify = {};                // so that a stream can ask again
};

}  // namespace ringdown
