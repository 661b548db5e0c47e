#include "flow/laws.h"

#include <algorithm>

#include "flow/line_up.h"
#include "flow/record.h"
#include "flow/rounds.h"
#include "store/calls.h"
#include "store/campaigns.h"
#include "store/changes.h"
#include "store/consents.h"
#include "store/facts.h"
#include "store/line.h"
#include "store/people.h"

namespace ringdown::flow {
namespace {

constexpr int workspaces_per_look = 200;

std::optional<Time> may_begin_until(const Call& call) {
  return call.status == CallStatus::placing && !call.call_sid ? call.send_by : std::nullopt;
}

// What is out or waits is to end; says until when a request of theirs may still begin.
std::optional<Time> stop(Tx& tx, Chance& chance, const std::vector<Call>& calls, Time now) {
  std::optional<Time> until;
  for (const Call& call : calls) {
    record_in(tx, chance, EnginePolicy{}, call.id, {}, EndAsked{}, now).value();
    until = std::max(until, may_begin_until(call));
    if (!call.rep_id) continue;
    for (const Call& leg : store::legs_of(tx, call.id)) until = std::max(until, may_begin_until(leg));
  }
  return until;
}

// Until none can begin any more. Bounded: they were claimed no further ahead than a batch takes.
Task<void> wait(Clock& clock, std::optional<Time> until) {
  if (until && *until > clock.now()) co_await clock.sleep_until(*until);
}

void keep_each_once(std::vector<std::string>& phones) {
  std::ranges::sort(phones);
  const auto repeated = std::ranges::unique(phones);
  phones.erase(repeated.begin(), repeated.end());
}

}  // namespace

Task<Result<void>> pause_campaign(Engine with, Workspace workspace, Act act, CampaignId id) {
  const auto until = co_await with.db.write(
      workspace,
      [act, id](Tx& tx) -> Result<std::optional<Time>> {
        store::take_turn(tx);
        auto campaign = store::campaign_to_change(tx, id);
        if (!campaign) return fail(Reason::not_found, "there is no such campaign");
        campaign->state = CampaignState::paused;
        campaign->problem.reset();
        campaign->updated_at = act.now;
        store::save_campaign(tx, *campaign);
        store::add_change(tx, "campaign", id.value, act.now);
        note_here(tx, act, "campaign paused", to_text(id));
        return stop(tx, act.chance, store::calls_to_stop(tx, id), act.now);
      },
      Urgency::urgent);
  if (!until) co_return std::unexpected(until.error());
  co_await wait(with.clock, *until);
  co_return Result<void>{};
}

Task<Result<Call>> cancel_call(Engine with, Workspace workspace, Act act, CallId id) {
  struct Canceled {
    Call call;
    std::optional<Time> until;
  };
  const auto canceled = co_await with.db.write(
      workspace,
      [act, id](Tx& tx) -> Result<Canceled> {
        store::take_turn(tx);
        const auto call = store::find_call(tx, id);
        if (!call) return fail(Reason::not_found, "there is no such call");
        if (is_terminal(call->status)) return Canceled{*call, {}};
        note_here(tx, act, "call canceled", to_text(id));
        const auto until = stop(tx, act.chance, {*call}, act.now);
        return Canceled{store::find_call(tx, id).value(), until};
      },
      Urgency::urgent);
  if (!canceled) co_return std::unexpected(canceled.error());
  co_await wait(with.clock, canceled->until);
  co_return canceled->call;
}

std::int64_t block_in(Tx& tx, const Act& act, std::vector<std::string> phones, const std::string& source,
                      const std::optional<std::string>& reason) {
  store::take_turn(tx);
  keep_each_once(phones);
  std::vector<store::BlockedNumber> blocked;
  for (const std::string& phone : phones) {
    blocked.push_back(
        {.phone = phone, .source = source, .reason = reason, .added_at = act.now, .added_by = act.user});
  }
  const std::int64_t added = store::block_numbers(tx, blocked);
  if (added > 0) store::add_change(tx, "dnc", std::nullopt, act.now);
  stop(tx, act.chance, store::calls_to_stop(tx, phones), act.now);
  judge_anew(tx, phones, act.now);
  return added;
}

Task<void> until_none_begins(Db& db, Clock& clock, Workspace workspace) {
  const auto until = co_await db.read(workspace, [now = clock.now()](Tx& tx) {
    std::optional<Time> last;
    for (const Call& call : store::requests_under_way(tx, now)) {
      if (call.end_asked) last = std::max(last.value_or(*call.send_by), *call.send_by);
    }
    return last;
  });
  co_await wait(clock, until);
}

Task<void> opt_out(Engine with, Workspace workspace, Act act, std::vector<std::string> phones,
                   std::string source, std::string reason) {
  co_await with.db.write(
      workspace, [act, phones, source, reason](Tx& tx) { block_in(tx, act, phones, source, reason); },
      Urgency::urgent);
  co_await until_none_begins(with.db, with.clock, workspace);
}

Task<void> pause_dialing(Engine with, std::string why) {
  co_await with.db.instance([with, why](Tx& tx) { store::pause_dialing(tx, why, with.clock.now()); });
  co_await with.clock.sleep_until(with.clock.now() + pause_known_for);
  // From here on no claim begins; those that had begun stand before the turn that is taken now.
  for (WorkspaceId behind{};;) {
    const auto some = co_await with.db.instance_read(
        [behind](Tx& tx) { return store::workspaces_after(tx, behind, workspaces_per_look); });
    if (some.empty()) co_return;
    for (const WorkspaceId id : some) {
      const auto under_way = co_await with.db.write(Workspace(id), [with](Tx& tx) {
        store::take_turn(tx);
        return store::requests_under_way(tx, with.clock.now());
      });
      for (const Call& call : under_way) co_await wait(with.clock, call.send_by);
    }
    behind = some.back();
  }
}

}  // namespace ringdown::flow
