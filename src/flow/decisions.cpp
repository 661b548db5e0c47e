#include "flow/decisions.h"

#include "store/call_counts.h"
#include "store/changes.h"
#include "store/line.h"

namespace ringdown::flow {

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

void refuse_call(Tx& tx, Candidate& candidate, const Verdict& verdict, Time now) {
  Call& call = *candidate.call;
  call.status = CallStatus::refused;
  call.problem = verdict.rule + ": " + verdict.says;
  call.ended_at = call.updated_at = now;
  store::save_call(tx, call);
  store::count_ended(tx, call);
  store::leave_line(tx, candidate.place.lane, candidate.place.subject);
  store::add_change(tx, "call", call.id.value, now);
}

}  // namespace ringdown::flow
