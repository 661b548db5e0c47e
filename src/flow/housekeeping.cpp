#include "flow/housekeeping.h"

#include "base/log.h"
#include "store/changes.h"
#include "store/coordination.h"
#include "store/engine_rounds.h"
#include "store/imports.h"
#include "store/people.h"

namespace ringdown {
namespace {

constexpr int workspaces_per_look = 200;

// Files whose senders went away before they were whole.
Task<std::int64_t> drop_stale_uploads(Db& db, Workspace workspace, Time before) {
  const auto stale =
      co_await db.read(workspace, [before](Tx& tx) { return store::stale_uploads(tx, before); });
  for (const store::ImportId id : stale) {
    co_await db.write(workspace, [id](Tx& tx) { store::drop_upload(tx, id); }, Urgency::bulk);
  }
  co_return std::ssize(stale);
}

Task<std::int64_t> drop_stale_uploads(Db& db, Time before) {
  std::int64_t dropped = 0;
  for (WorkspaceId behind{};;) {
    const auto some = co_await db.instance_read(
        [behind](Tx& tx) { return store::workspaces_after(tx, behind, workspaces_per_look); });
    if (some.empty()) co_return dropped;
    for (const WorkspaceId id : some) dropped += co_await drop_stale_uploads(db, Workspace(id), before);
    behind = some.back();
  }
}

}  // namespace

// The lease is not given back: for the length of a round nobody else needs to look.
Task<std::optional<Tidied>> tidy_up(Db& db, Clock& clock, Uuid node, HousekeepingPolicy policy) {
  const auto mine = co_await db.instance([=, &clock](Tx& tx) {
    const Time now = clock.now();
    return store::take_lease(tx, "housekeeping", node, now, now + policy.every).has_value();
  });
  if (!mine) co_return std::nullopt;

  const Time now = clock.now();
  Tidied tidied;
  tidied.changes = co_await db.instance(
      [=](Tx& tx) { return store::trim_changes(tx, now - policy.changes_kept); }, Urgency::bulk);
  tidied.sessions = co_await db.instance(
      [=](Tx& tx) { return store::end_stale_sessions(tx, now, now - policy.unused_sessions_kept); },
      Urgency::bulk);
  tidied.quotas = co_await db.instance(
      [=](Tx& tx) { return store::forget_quotas(tx, now - policy.quotas_kept); }, Urgency::bulk);
  co_await db.instance([=](Tx& tx) { store::forget_engine_rounds(tx, now - policy.rounds_kept); },
                       Urgency::bulk);
  tidied.uploads = co_await drop_stale_uploads(db, now - policy.uploads_kept);
  co_return tidied;
}

Task<void> keep_house(Db& db, Clock& clock, Uuid node, HousekeepingPolicy policy) {
  while (true) {
    try {
      if (const auto tidied = co_await tidy_up(db, clock, node, policy)) {
        log::debug("tidied up", {{"changes", tidied->changes},
                                 {"sessions", tidied->sessions},
                                 {"quotas", tidied->quotas},
                                 {"uploads", tidied->uploads}});
      }
    } catch (const Breakage& breakage) {
      log::warn("tidying up waits for its next round", {{"reason", breakage.what()}});
    }
    co_await clock.sleep_until(clock.now() + policy.every);
  }
}

}  // namespace ringdown
