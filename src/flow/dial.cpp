// A round of dialing: promote what is due, claim what may go out, send each at its moment.
#include "base/log.h"
#include "flow/record.h"
#include "flow/rehearsal.h"
#include "flow/rounds.h"
#include "ports/start.h"
#include "store/calls.h"
#include "store/campaigns.h"
#include "store/due.h"
#include "store/facts.h"
#include "store/line.h"

namespace ringdown::flow {
namespace {

constexpr int promotions_per_round = 4;  // units, before somebody is called in between
constexpr int record_tries_max = 6;      // then the lease tells
constexpr Span record_again = 500ms;

// When this workspace is looked at again; written in the unit that knows.
void plan_next(Tx& tx, const Claims& claims, bool more_due, Time now) {
  std::optional<Time> next = claims.look_again;
  if (more_due || !claims.calls.empty()) next = now;
  if (const auto waiting = store::next_in_line(tx)) {
    const Time due = store::calling_clock(tx).real(*waiting);
    next = std::min(due, next.value_or(due));
  }
  store::make_due_at(tx, store::dial_work, next);
}

// What came of a request must not get lost; the same word twice changes nothing.
Task<void> tell(const Engine& with, Workspace workspace, CallId call, CallEvent event) {
  for (int tries = 1;; ++tries) {
    try {
      co_await record(with, workspace, call, {}, event);
      co_return;
    } catch (const Breakage& breakage) {
      log::warn("what came of a request waits", {{"call", to_text(call)}, {"reason", breakage.what()}});
      if (tries == record_tries_max) co_return;
    }
    co_await with.clock.sleep_until(with.clock.now() + record_again * tries);
  }
}

// Whoever canceled it, or forbids it, has said so in its row by now.
Task<bool> is_still_wanted(const Engine& with, Workspace workspace, CallId id) {
  const auto call = co_await with.db.read(workspace, [id](Tx& tx) { return store::find_call(tx, id); });
  co_return call && call->status == CallStatus::placing && !call->end_asked;
}

bool is_its_moment(const Engine& with, const Claimed& claimed) {
  const Time now = with.clock.now();
  return with.clock.monotonic() <= claimed.moment + with.policy.send_tolerance &&
         now <= *claimed.call.send_by && now >= *claimed.call.placing_at;
}

Task<void> send(Engine with, Workspace workspace, Claimed claimed) {
  const CallId id = claimed.call.id;
  try {
    const Span wait = claimed.moment - with.clock.monotonic();
    if (wait > 0us) co_await with.clock.sleep_until(with.clock.now() + wait);
    const bool wanted = co_await is_still_wanted(with, workspace, id);
    if (!wanted || !is_its_moment(with, claimed)) {
      co_return co_await tell(with, workspace, id, NotSent{claimed.call.deliveries});
    }
    log::info("call placed", {{"call", to_text(id)}});
    const CarrierAccount account{workspace, *claimed.call.account_id};
    const CallEvent answer = co_await with.carrier.place(account, std::move(claimed.request));
    co_await tell(with, workspace, id, answer);
  } catch (const std::exception& problem) {
    // Its lease says that somebody must look what became of it.
    log::error("a request broke", {{"call", to_text(id)}, {"reason", problem.what()}});
  }
}

Task<void> wind_clock(const Engine& with, const Desk& desk) {
  co_await with.db.write(desk.workspace, [with](Tx& tx) {
    wind_calling_clock(tx, with.policy.rehearsal_speed, with.clock.now());
  });
}

Task<void> wait_for_the_pause(const Engine& with, const Desk& desk) {
  co_await with.db.write(desk.workspace, [at = with.clock.now() + with.policy.blind](Tx& tx) {
    store::make_due_at(tx, store::dial_work, at);
  });
}

Task<void> dial_round(const Engine& with, const Desk& desk) {
  if (desk.kind == WorkspaceKind::rehearsal) co_await wind_clock(with, desk);
  bool more_due = true;
  for (int unit = 0; more_due && unit < promotions_per_round; ++unit) {
    more_due = co_await with.db.write(
        desk.workspace, [with, desk](Tx& tx) { return promote(tx, with, desk, with.clock.now()); });
  }
  const Span asked_at = with.clock.monotonic();
  const bool paused =
      co_await with.db.instance_read([](Tx& tx) { return store::dialing_pause(tx).has_value(); });
  if (paused) co_return co_await wait_for_the_pause(with, desk);
  Claims claims = co_await with.db.write(
      desk.workspace,
      [with, desk, more_due, asked_at](Tx& tx) {
        const Time now = with.clock.now();
        const Span steady = with.clock.monotonic();
        const bool is_known = steady - asked_at <= pause_known_for;
        Claims made = is_known ? claim(tx, with, desk, now, steady) : Claims{.calls = {}, .look_again = now};
        plan_next(tx, made, more_due, now);
        return made;
      },
      Urgency::urgent);
  for (Claimed& claimed : claims.calls) {
    co_await start(send(with, desk.workspace, std::move(claimed)));
  }
}

}  // namespace

Task<void> keep_dialing(Engine with) {
  co_await keep_round(with, store::dial_work, dial_round);
}

}  // namespace ringdown::flow
