// When a lead is called again after a call that reached nobody, by what came of the call.
#pragma once

#include <optional>

#include "base/json.h"
#include "domain/call.h"

namespace ringdown {

// Minutes between the beginnings of two attempts; what is not set goes by `interval`.
struct RetryPolicy {
  int attempts_max = 3;
  int interval = 15;
  std::optional<int> busy;
  std::optional<int> no_answer;
  std::optional<int> voicemail;
  std::optional<int> failed;

  bool operator==(const RetryPolicy&) const = default;
};
BOOST_DESCRIBE_STRUCT(RetryPolicy, (), (attempts_max, interval, busy, no_answer, voicemail, failed))

inline constexpr int retry_minutes_max = 60 * 24 * 30;

template <>
inline constexpr auto json_rules<RetryPolicy> = rules_of<RetryPolicy>(
    field(&RetryPolicy::attempts_max, range(1, 50), may_be_missing),
    field(&RetryPolicy::interval, range(1, retry_minutes_max), may_be_missing,
          says("minutes between the beginnings of two attempts")),
    field(&RetryPolicy::busy, range(1, retry_minutes_max), says("the same after a busy line")),
    field(&RetryPolicy::no_answer, range(1, retry_minutes_max)),
    field(&RetryPolicy::voicemail, range(1, retry_minutes_max)),
    field(&RetryPolicy::failed, range(1, retry_minutes_max)));

// The earliest next attempt on the calling clock; nothing where this outcome is not followed by one.
std::optional<Time> next_attempt(const RetryPolicy&, const Call&);

}  // namespace ringdown
