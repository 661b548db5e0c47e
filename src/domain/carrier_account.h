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
  std::optional<int> number_calls_an_hour;
  Time next_send_at;  // the first moment that no request has taken
  int troubles = 0;   // see domain/breaker
  int pauses = 0;
  std::optional<Time> paused_until;
  Time created_at;

  bool operator==(const Account&) const = default;
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, kind, name, caller_ids, calls_per_second, live_calls_max, number_calls_an_hour,
                       next_send_at, troubles, pauses, paused_until, created_at))

// What people say about one.
struct AccountFields {
  std::string name;
  std::vector<std::string> caller_ids;
  int calls_per_second = 1;
  int live_calls_max = 10;
  std::optional<int> number_calls_an_hour;

  bool operator==(const AccountFields&) const = default;
};
BOOST_DESCRIBE_STRUCT(AccountFields, (),
                      (name, caller_ids, calls_per_second, live_calls_max, number_calls_an_hour))

template <>
inline constexpr auto json_rules<AccountFields> = rules_of<AccountFields>(
    field(&AccountFields::name, Form::line, length(1, 120)),
    field(&AccountFields::caller_ids, length(0, 50), each(length(1, 60)), may_be_missing,
          says("the numbers that calls come from, of which a lead always sees the same")),
    field(&AccountFields::calls_per_second, range(1, 100), may_be_missing, says("over all nodes")),
    field(&AccountFields::live_calls_max, range(1, 1000), may_be_missing,
          says("calls out at once, over all nodes")),
    field(&AccountFields::number_calls_an_hour, range(1, 10'000),
          says("calls from one number within an hour; missing: any")));

}  // namespace ringdown
