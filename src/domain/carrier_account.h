// An account with a carrier: what it allows, and how it does.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "domain/call.h"

namespace ringdown {

struct Account {
  AccountId id;
  std::string kind;  // twilio
  std::string name;
  std::vector<std::string> caller_ids;
  int calls_per_second = 1;
  int live_calls_max = 10;
  Time next_send_at;  // the first moment that no request has taken
  int troubles = 0;   // see domain/breaker
  int pauses = 0;
  std::optional<Time> paused_until;
  Time created_at;

  bool operator==(const Account&) const = default;
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, kind, name, caller_ids, calls_per_second, live_calls_max, next_send_at, troubles,
                       pauses, paused_until, created_at))

}  // namespace ringdown
