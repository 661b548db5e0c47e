#include "api/limits.h"

#include <fmt/format.h>

#include "api/api.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "net/address_block.h"
#include "ports/clock.h"
#include "store/coordination.h"

namespace ringdown {
namespace {

constexpr Span quarter = 15min;
constexpr std::int64_t tries_of_device = 10;
constexpr std::int64_t tries_of_address = 60;
constexpr std::int64_t tries_of_pair = 10;
constexpr std::int64_t tries_of_pair_under_attack = 3;
constexpr std::int64_t strange_tries_of_account = 100;  // per hour

std::string who(const Asked& asked) {
  if (!asked.caller) return "address/" + address_block(asked.request.peer);
  if (asked.caller->via == Via::key) return "workspace/" + to_text(*asked.caller->workspace);
  return "user/" + to_text(asked.caller->user);
}

}  // namespace

std::optional<Span> take_limit(Tx& tx, const std::string& name, std::int64_t count, Span per, Time now) {
  const Time window{now.time_since_epoch() / per * per};
  if (store::take_quota(tx, name, window, count)) return std::nullopt;
  return window + per - now;
}

std::string account_name(std::string_view email) {
  return to_hex(crypto::hash_of_token(email).bytes);
}

std::optional<Span> take_sign_in(Tx& tx, const Knock& knock, Time now) {
  if (knock.known_device) {
    return take_limit(tx, "sign-in/device/" + to_hex(*knock.known_device), tries_of_device, quarter, now);
  }
  if (auto wait = take_limit(tx, "sign-in/address/" + knock.address, tries_of_address, quarter, now))
    return wait;

  const bool attacked =
      take_limit(tx, "sign-in/account/" + knock.account, strange_tries_of_account, 1h, now).has_value();
  return take_limit(tx, "sign-in/pair/" + knock.account + "/" + knock.address,
                    attacked ? tries_of_pair_under_attack : tries_of_pair, quarter, now);
}

Failure too_many(Asked& asked, Span wait) {
  const auto seconds = std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(wait).count());
  asked.headers.add("Retry-After", std::to_string(seconds));
  return {Reason::too_many, fmt::format("too many tries; wait {} seconds and try again", seconds), {}};
}

Task<Result<void>> throttle(Asked& asked, const RateLimit& limit) {
  const std::string name = "route/" + std::string(limit.name) + "/" + who(asked);
  const auto wait =
      co_await asked.api.db.instance([name, count = limit.count, per = limit.per, &clock = asked.api.clock](
                                         Tx& tx) { return take_limit(tx, name, count, per, clock.now()); });
  if (wait) co_return std::unexpected(too_many(asked, *wait));
  co_return Result<void>{};
}

}  // namespace ringdown
