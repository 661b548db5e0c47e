// The accounts with carriers through which a workspace calls.
#include "flow/account_changes.h"

#include "api/api.h"
#include "api/dialing.h"
#include "api/leads.h"
#include "api/sign_in.h"
#include "ports/clock.h"
#include "ports/hook.h"
#include "store/campaigns.h"

namespace ringdown {
namespace {

struct AccountShown {
  AccountId id;
  std::string kind;
  std::string name;
  std::vector<std::string> caller_ids;
  int calls_per_second;
  int live_calls_max;
  std::optional<int> number_calls_an_hour;
  std::optional<Time> paused_until;
  Time created_at;
  std::optional<std::string> voice_url;
  std::optional<std::string> status_url;
};
BOOST_DESCRIBE_STRUCT(AccountShown, (),
                      (id, kind, name, caller_ids, calls_per_second, live_calls_max, number_calls_an_hour,
                       paused_until, created_at, voice_url, status_url))

}  // namespace

template <>
inline constexpr auto json_rules<AccountShown> = rules_of<AccountShown>(
    named("CarrierAccount"),
    field(&AccountShown::paused_until, says("too many of its calls failed; it tries again by itself")),
    field(&AccountShown::voice_url,
          says("for the carrier's console: what its numbers ask, by POST, when somebody calls them")),
    field(&AccountShown::status_url,
          says("for the carrier's console: what its numbers tell how such a call ended")));

namespace {

AccountShown shown(const Asked& asked, const Account& account) {
  AccountShown answer{account.id,
                      account.kind,
                      account.name,
                      account.caller_ids,
                      account.calls_per_second,
                      account.live_calls_max,
                      account.number_calls_an_hour,
                      account.paused_until,
                      account.created_at,
                      {},
                      {}};
  if (asked.api.hooks != nullptr) {
    NumberAddresses addresses = asked.api.hooks->addresses(asked.workspace());
    answer.voice_url = std::move(addresses.voice);
    answer.status_url = std::move(addresses.status);
  }
  return answer;
}

Task<Result<std::vector<AccountShown>>> list_accounts(Asked& asked) {
  const auto accounts =
      co_await asked.api.db.read(asked.workspace(), [](Tx& tx) { return store::accounts(tx); });
  std::vector<AccountShown> all;
  for (const Account& account : accounts) all.push_back(shown(asked, account));
  co_return all;
}

Task<Result<Created<AccountShown>>> add_account(Asked& asked, Body<AccountFields> body) {
  const auto added = co_await asked.api.db.write(
      asked.workspace(),
      [desk = desk_of(asked), act = act_of(asked, asked.api.clock.now()),
       said = std::move(body.value)](Tx& tx) { return flow::add_account(tx, act, desk(tx), said); });
  if (!added) co_return std::unexpected(added.error());
  co_return Created<AccountShown>{shown(asked, *added)};
}

Task<Result<AccountShown>> change_account(Asked& asked, Path<AccountId> id,
                                          Body<JsonPatch<AccountFields>> body) {
  const auto changed = co_await asked.api.db.write(
      asked.workspace(),
      [desk = desk_of(asked), act = act_of(asked, asked.api.clock.now()), id = id.value,
       patch = std::move(body.value)](Tx& tx) { return flow::change_account(tx, act, desk(tx), id, patch); });
  if (!changed) co_return std::unexpected(changed.error());
  co_return shown(asked, *changed);
}

}  // namespace

const RouteTable carrier_account_routes = {
    route(Verb::get, "/api/carrier-accounts", "Accounts through which calls go out", Access::admin,
          list_accounts)
        .key(KeyScope::admin),
    route(Verb::post, "/api/carrier-accounts", "A new one", Access::admin, add_account).key(KeyScope::admin),
    route(Verb::patch, "/api/carrier-accounts/{id}", "Changes what is named and leaves the rest",
          Access::admin, change_account)
        .key(KeyScope::admin),
};

}  // namespace ringdown
