// The phone at which somebody of ours takes calls. Nobody is connected to one that was not confirmed.
#pragma once

#include <optional>
#include <string>

#include "domain/call.h"

namespace ringdown {

struct RepPhone {
  UserId user_id;
  std::string phone;
  CallId call_id;  // that rings it to have it confirmed
  Time asked_at;
  std::optional<Time> confirmed_at;

  bool operator==(const RepPhone&) const = default;
};
BOOST_DESCRIBE_STRUCT(RepPhone, (), (user_id, phone, call_id, asked_at, confirmed_at))

}  // namespace ringdown
