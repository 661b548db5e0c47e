#include "domain/breaker.h"

#include <algorithm>

namespace ringdown {
namespace {

constexpr Span first_pause = 30s;
constexpr int doublings_max = 5;

}  // namespace

std::optional<Account> after_word(Account account, bool good, Time now) {
  if (good) {
    if (account.troubles == 0 && account.pauses == 0) return {};
    account.troubles = std::max(0, account.troubles - 1);
    if (account.troubles == 0) account.pauses = 0;
    return account;
  }
  if (++account.troubles >= troubles_max) {
    account.paused_until = now + first_pause * (1 << std::min(account.pauses, doublings_max));
    ++account.pauses;
    account.troubles = 0;
  }
  return account;
}

}  // namespace ringdown
