#include "flow/decisions.h"

#include "flow/record.h"
#include "store/call_counts.h"
#include "store/changes.h"
#include "store/line.h"

namespace ringdown::flow {
namespace {

constexpr Span rep_patience = 60s;  // of somebody who hears music meanwhile

}  // namespace

store::DecisionRecord decision_of(const Candidate& candidate, const Verdict& verdict, const Gate& gate,
                                  Chance& chance, Time now) {
  return {.id = chance.id<struct DecisionTag>(now).value,
          .lead_id = candidate.place.lead_id,
          .call_id = candidate.call ? std::optional(candidate.call->id) : std::nullopt,
          .lane = candidate.place.lane,
          .decision = verdict.decision,
          .until = verdict.until,
          .rule = verdict.rule,
          .says = verdict.says,
          .rulebook = gate.version(),
          .calling_at = gate.calling(now),
          .at = now};
}

LinePlace placed_by(LinePlace place, const Verdict& verdict, Time calling_now) {
  place.rule = verdict.rule;
  place.ready_at = verdict.until.value_or(calling_now);
  switch (verdict.decision) {
    case Decision::allow: place.state = LineState::ready; break;
    case Decision::defer: place.state = LineState::waiting; break;
    case Decision::refuse: place.state = LineState::refused; break;
  }
  return place;
}

bool stands_rep_up(const Candidate& candidate, const Verdict& verdict, Time calling_now) {
  const bool rep_waits = candidate.rep == RepState::ringing || candidate.rep == RepState::there;
  return rep_waits && verdict.decision == Decision::defer && *verdict.until - calling_now > rep_patience;
}

void call_off(Tx& tx, const Engine& with, const Candidate& candidate, const Verdict& verdict, Time now) {
  record_in(tx, with, candidate.call->id, {}, EndAsked{verdict.rule + ": " + verdict.says}, now).value();
}

void refuse_call(Tx& tx, const Engine& with, Candidate& candidate, const Verdict& verdict, Time now) {
  Call& call = *candidate.call;
  call.status = CallStatus::refused;
  call.problem = verdict.rule + ": " + verdict.says;
  call.ended_at = call.updated_at = now;
  store::save_call(tx, call);
  if (call.kind == CallKind::call) store::count_ended(tx, call);
  store::leave_line(tx, candidate.place.lane, candidate.place.subject);
  store::add_change(tx, "call", call.id.value, now);
  if (!call.rep_id) return;
  for (const Call& leg : store::legs_of(tx, call.id))
    record_in(tx, with, leg.id, {}, EndAsked{}, now).value();
}

}  // namespace ringdown::flow
