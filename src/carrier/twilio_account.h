// An account at Twilio, and where it comes from: configuration, or the sealed settings of a workspace.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "ports/carrier.h"
#include "ports/task.h"

namespace ringdown::twilio {

struct Account {
  std::string sid;  // AC…
  std::string key;  // SK…; empty where the auth token itself signs in
  Secret secret;    // the key's, or the auth token
  std::string base_url = "https://api.twilio.com";
};

// Asked before each request, so that a new token holds at once.
using FindAccount = std::function<Task<Result<Account>>(CarrierAccount)>;

}  // namespace ringdown::twilio
