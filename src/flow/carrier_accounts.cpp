#include "flow/carrier_accounts.h"

#include <algorithm>

#include "base/log.h"
#include "store/campaigns.h"
#include "store/changes.h"
#include "store/due.h"
#include "store/line.h"
#include "store/people.h"

namespace ringdown::flow {
namespace {

constexpr int workspaces_per_look = 100;
constexpr Span look_every = 2s;

void take_offer(Tx& tx, const Engine& with, const AccountOffer& offer) {
  const auto known = store::accounts(tx);
  const auto same = std::ranges::find(known, offer.kind, &Account::kind);
  const Time now = with.clock.now();
  if (same != known.end()) return;
  const Account account{.id = with.chance.id<AccountTag>(now),
                        .kind = offer.kind,
                        .name = offer.name,
                        .caller_ids = offer.caller_ids,
                        .calls_per_second = offer.calls_per_second,
                        .live_calls_max = offer.live_calls_max,
                        .next_send_at = now,
                        .paused_until = {},
                        .created_at = now};
  store::add_account(tx, account);
  store::add_change(tx, "carrier-account", account.id.value, now);
  store::make_due_by(tx, store::dial_work, now);  // calls may wait for it
}

// Those behind `behind`; the last one that was looked at.
Task<WorkspaceId> offer_to_some(const Engine& with, const std::vector<AccountOffer>& offers,
                                WorkspaceId behind) {
  const auto ids = co_await with.db.instance_read(
      [behind](Tx& tx) { return store::workspaces_after(tx, behind, workspaces_per_look); });
  for (const WorkspaceId id : ids) {
    const auto workspace =
        co_await with.db.instance_read([id](Tx& tx) { return store::find_workspace(tx, id); });
    for (const AccountOffer& offer : offers) {
      if (!workspace || workspace->kind != offer.workspaces) continue;
      co_await with.db.write(Workspace(id), [with, offer](Tx& tx) { take_offer(tx, with, offer); });
    }
    behind = id;
  }
  co_return behind;
}

}  // namespace

Task<void> keep_offering_accounts(Engine with, std::vector<AccountOffer> offers) {
  WorkspaceId behind{};  // ids grow with time
  while (!offers.empty()) {
    try {
      behind = co_await offer_to_some(with, offers, behind);
    } catch (const Breakage& breakage) {
      log::warn("accounts wait to be offered", {{"reason", breakage.what()}});
    }
    co_await with.clock.sleep_until(with.clock.now() + look_every);
  }
}

}  // namespace ringdown::flow
