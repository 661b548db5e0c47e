#include "domain/retry.h"

#include <algorithm>

namespace ringdown {
namespace {

constexpr Span day = 24h;

Time after_minutes(const Call& call, const RetryPolicy& policy, std::optional<int> own) {
  return *call.attempt_at + std::chrono::minutes(own.value_or(policy.interval));
}

}  // namespace

std::optional<Time> next_attempt(const RetryPolicy& policy, const Call& call) {
  if (!call.attempt_at || !call.outcome) return {};
  switch (*call.outcome) {
    case Outcome::busy: return after_minutes(call, policy, policy.busy);
    case Outcome::no_answer: return after_minutes(call, policy, policy.no_answer);
    case Outcome::voicemail: return after_minutes(call, policy, policy.voicemail);
    case Outcome::blocked: return std::max(*call.attempt_at + day, after_minutes(call, policy, {}));
    case Outcome::failed:
      if (call.cause == Cause::not_found) return *call.attempt_at + day;
      return after_minutes(call, policy, policy.failed);
    case Outcome::callback: return call.callback_at;
    default: return {};
  }
}

}  // namespace ringdown
