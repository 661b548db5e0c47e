// Looks after calls of which nothing was heard in time, and ends those that are to end: what every webhook
// could have told, the carrier tells when asked.
#include "base/log.h"
#include "domain/carrier_call.h"
#include "flow/pulse.h"
#include "flow/record.h"
#include "flow/rounds.h"
#include "store/calls.h"
#include "store/due.h"
#include "store/line.h"
#include "store/people.h"

namespace ringdown::flow {
namespace {

constexpr int calls_per_round = 32;
constexpr Span carrier_away = 30s;   // until a carrier that gives no answer is asked again
constexpr Span end_again = 20s;      // until one that does not end is told again
constexpr Span clocks_differ = 30s;  // ours and the carrier's
constexpr Span clocks_jump_max = 24h;
constexpr int workspaces_per_look = 200;

CarrierAccount account_of(const Desk& desk, const Call& call) {
  return {desk.workspace, *call.account_id};
}

Task<void> tell(const Engine& with, const Desk& desk, CallId id, CallEvent event) {
  co_await record(with, desk.workspace, id, {}, std::move(event));
}

// It goes on, or nobody can say: look again then.
Task<void> look_again(const Engine& with, const Desk& desk, CallId id, Span after) {
  co_await with.db.write(desk.workspace, [id, at = with.clock.now() + after](Tx& tx) {
    auto call = store::call_to_change(tx, id);
    if (!call || !is_live(call->status)) return;
    call->lease_until = at;
    store::save_call(tx, *call);
  });
}

// What the carrier knows of one call, as if each of its reports had come.
Task<void> tell_all(const Engine& with, const Desk& desk, const Call& call, const CarrierCall& known) {
  for (CallEvent& event : events_of(known, with.clock.now())) {
    co_await tell(with, desk, call.id, std::move(event));
  }
  if (known.state == CarrierState::ended) co_return;
  const bool too_late = known.state == CarrierState::queued && call.placing_at &&
                        with.clock.now() - *call.placing_at > with.policy.queued_at_carrier_max;
  const bool too_long = known.state == CarrierState::in_progress && call.lease_until;
  if (too_late || too_long) co_await tell(with, desk, call.id, EndAsked{});
  co_await look_again(with, desk, call.id, with.policy.lookup_every);
}

Task<void> fetch(const Engine& with, const Desk& desk, const Call& call) {
  const auto known = co_await with.carrier.fetch(account_of(desk, call), *call.call_sid);
  if (!known) co_return co_await look_again(with, desk, call.id, carrier_away);
  if (*known) co_return co_await tell_all(with, desk, call, **known);
  co_await tell(
      with, desk, call.id,
      Ended{.cause = Cause::failed, .at = with.clock.now(), .problem = "the carrier has forgotten it"});
}

// The one among the carrier's calls that no call of ours claims yet.
Task<std::optional<CarrierCall>> unclaimed(const Engine& with, const Desk& desk,
                                           std::vector<CarrierCall> listed) {
  for (CarrierCall& candidate : listed) {
    const auto claimed = co_await with.db.read(
        desk.workspace, [sid = candidate.sid](Tx& tx) { return store::call_by_sid(tx, sid).has_value(); });
    if (!claimed) co_return std::move(candidate);
  }
  co_return std::nullopt;
}

// A node whose clock was set gave the request another time than the carrier did: before it is given up, calls
// of the whole day are looked through. Those that are known to be others are passed over anyway.
Time since(const Engine& with, const Call& call) {
  const bool is_last_look = call.lookups * with.policy.lookup_every >= with.policy.creation_delay_max;
  return *call.placing_at - (is_last_look ? clocks_jump_max : clocks_differ);
}

Task<void> find(const Engine& with, const Desk& desk, const Call& call) {
  if (!call.lost) co_await tell(with, desk, call.id, LeaseExpired{});
  const auto listed = co_await with.carrier.find(account_of(desk, call), call.phone,
                                                 call.caller_id.value_or(""), since(with, call));
  if (!listed) co_return co_await look_again(with, desk, call.id, carrier_away);
  const auto found = co_await unclaimed(with, desk, *listed);
  if (!found) co_return co_await tell(with, desk, call.id, NotFound{});
  const auto named = co_await record(with, desk.workspace, call.id, {}, Placed{found->sid});
  if (!named || named->call_sid != found->sid) co_return;  // it is another's by now: look again
  co_await tell_all(with, desk, call, *found);
}

// Whoever talks hears goodbye first, and is hung up on where that did not end it.
bool takes_leave(const Call& call) {
  return call.status == CallStatus::in_progress && !call.end_sent_at;
}

Task<void> end(const Engine& with, const Desk& desk, const Call& call) {
  co_await with.db.write(desk.workspace, [id = call.id, now = with.clock.now()](Tx& tx) {
    auto current = store::call_to_change(tx, id);
    if (!current) return;
    current->end_sent_at = now;
    store::save_call(tx, *current);
  });
  const CarrierAccount account = account_of(desk, call);
  const auto ended = takes_leave(call) ? co_await with.carrier.speak_anew(account, call.id, *call.call_sid)
                                       : co_await with.carrier.end(account, *call.call_sid);
  if (!ended)
    log::warn("a call cannot be ended yet", {{"call", to_text(call.id)}, {"reason", ended.error().text}});
}

// Once, whatever comes of it: what is left twice is a nuisance.
Task<void> tell_mailbox(const Engine& with, const Desk& desk, const Call& call) {
  co_await with.db.write(desk.workspace, [id = call.id, now = with.clock.now()](Tx& tx) {
    auto current = store::call_to_change(tx, id);
    if (!current) return;
    current->mailbox_told_at = now;
    store::save_call(tx, *current);
  });
  const auto told = co_await with.carrier.speak_anew(account_of(desk, call), call.id, *call.call_sid);
  if (!told) log::warn("a mailbox is not told", {{"call", to_text(call.id)}, {"reason", told.error().text}});
}

struct Work {
  std::vector<Call> to_tell;
  std::vector<Call> to_end;
  std::vector<Call> to_look_after;
};

Work work_of(Tx& tx, Time now) {
  return {store::mailboxes_to_tell(tx, calls_per_round),
          store::calls_to_end(tx, now - end_again, calls_per_round),
          store::calls_to_look_after(tx, now, calls_per_round)};
}

void plan_next(Tx& tx, const Engine& with, Time now) {
  std::optional<Time> next = store::next_lease(tx);
  if (next) next = std::clamp(*next, now, now + with.policy.blind);
  if (!store::calls_to_end(tx, now, 1).empty())
    next = std::min(next.value_or(now + end_again), now + end_again);
  const bool has_more =
      !store::calls_to_end(tx, now - end_again, 1).empty() || !store::mailboxes_to_tell(tx, 1).empty();
  if (has_more) next = now;
  store::make_due_at(tx, store::reconcile_work, next);
}

Task<void> reconcile_round(const Engine& with, const Desk& desk) {
  const Work work =
      co_await with.db.read(desk.workspace, [now = with.clock.now()](Tx& tx) { return work_of(tx, now); });
  for (const Call& call : work.to_tell) {
    asks_carrier(with, store::reconcile_work);
    co_await tell_mailbox(with, desk, call);
  }
  for (const Call& call : work.to_end) {
    asks_carrier(with, store::reconcile_work);
    co_await end(with, desk, call);
  }
  for (const Call& call : work.to_look_after) {
    asks_carrier(with, store::reconcile_work);
    if (call.call_sid)
      co_await fetch(with, desk, call);
    else
      co_await find(with, desk, call);
  }
  co_await with.db.write(desk.workspace, [with](Tx& tx) { plan_next(tx, with, with.clock.now()); });
}

// What this node was sending when its process ended is looked up at once.
Task<void> take_up(const Engine& with) {
  for (WorkspaceId behind{};;) {
    const auto some = co_await with.db.instance_read(
        [behind](Tx& tx) { return store::workspaces_after(tx, behind, workspaces_per_look); });
    if (some.empty()) co_return;
    for (const WorkspaceId id : some) {
      co_await with.db.write(Workspace(id), [with](Tx& tx) {
        const Time now = with.clock.now();
        if (store::expire_requests(tx, with.node, now) > 0)
          store::make_due_by(tx, store::reconcile_work, now);
      });
    }
    behind = some.back();
  }
}

}  // namespace

Task<void> keep_reconciling(Engine with) {
  try {
    co_await take_up(with);
  } catch (const Breakage& breakage) {
    log::warn("requests of before wait for their leases", {{"reason", breakage.what()}});
  }
  co_await keep_round(with, store::reconcile_work, reconcile_round);
}

}  // namespace ringdown::flow
