#include "flow/rounds.h"

#include "base/log.h"
#include "flow/pulse.h"
#include "store/coordination.h"
#include "store/due.h"
#include "store/line.h"
#include "store/people.h"

namespace ringdown::flow {
namespace {

struct Due {
  std::vector<store::WorkspaceRecord> workspaces;
  std::optional<Time> next;
};

Task<Due> look(const Engine& with, std::string work) {
  co_return co_await with.db.instance_read(
      [work, now = with.clock.now(), limit = with.policy.workspaces_per_round](Tx& tx) {
        Due due;
        for (const WorkspaceId id : store::due_now(tx, work, now, limit)) {
          if (auto workspace = store::find_workspace(tx, id)) due.workspaces.push_back(*std::move(workspace));
        }
        due.next = store::next_due(tx, work);
        return due;
      });
}

// A workspace whose round broke is not looked at again at once.
Task<void> put_off(const Engine& with, Workspace workspace, const char* work) {
  try {
    co_await with.db.write(workspace, [work, at = with.clock.now() + with.policy.nap](Tx& tx) {
      store::make_due_at(tx, work, at);
    });
  } catch (const Breakage& breakage) {
    log::warn("a round cannot be put off", {{"work", work}, {"reason", breakage.what()}});
  }
}

// Not where another node was quicker.
Task<bool> take(const Engine& with, Workspace workspace, const char* work) {
  co_return co_await with.db.write(workspace, [with, work](Tx& tx) {
    const Time now = with.clock.now();
    return store::take_due(tx, work, now, now + with.policy.round_lease);
  });
}

Task<bool> serve(const Engine& with, const store::WorkspaceRecord& record, const char* work,
                 const Round& round) {
  const Desk desk{Workspace(record.id), record.kind};
  try {
    const bool taken = co_await take(with, desk.workspace, work);
    if (taken) co_await round(with, desk);
    co_return true;
  } catch (const Breakage& breakage) {
    log::warn("a round waits", {{"work", work}, {"reason", breakage.what()}});
  }
  co_return false;
}

}  // namespace

Task<void> keep_round(Engine with, const char* work, Round round) {
  while (true) {
    heard(with, work);
    Time until = with.clock.now() + with.policy.nap;
    try {
      const Due due = co_await look(with, work);
      for (const auto& record : due.workspaces) {
        const bool done = co_await serve(with, record, work, round);
        if (!done) co_await put_off(with, Workspace(record.id), work);
        heard(with, work);
      }
      if (!due.workspaces.empty()) continue;
      if (due.next) until = std::min(until, *due.next);
    } catch (const Breakage& breakage) {
      log::warn("nobody knows what is due", {{"work", work}, {"reason", breakage.what()}});
    }
    co_await with.clock.sleep_until(until);
  }
}

std::vector<Task<void>> rounds_of(const Engine& with) {
  std::vector<Task<void>> rounds;
  rounds.push_back(keep_planning(with));
  rounds.push_back(keep_dialing(with));
  rounds.push_back(keep_reconciling(with));
  if (with.pulse != nullptr) rounds.push_back(keep_pulse(with));
  return rounds;
}

}  // namespace ringdown::flow
