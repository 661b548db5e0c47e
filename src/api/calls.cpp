// Calls: asked for, looked at, canceled.
#include "store/calls.h"
#include "api/api.h"
#include "api/dialing.h"
#include "api/leads.h"
#include "api/sign_in.h"
#include "base/log.h"
#include "flow/campaigns.h"
#include "flow/laws.h"
#include "ports/clock.h"

namespace ringdown {
namespace {

constexpr int events_shown = 500;

struct CallQuery {
  int limit = 50;
  std::optional<CallId> after;
  std::optional<LeadId> lead;
  std::optional<CampaignId> campaign;
  std::optional<CallStatus> status;
  std::optional<Outcome> outcome;
  std::optional<std::string> call_sid;
};
BOOST_DESCRIBE_STRUCT(CallQuery, (), (limit, after, lead, campaign, status, outcome, call_sid))

struct QueueShown {
  int position;
  std::optional<Time> not_before;
};
BOOST_DESCRIBE_STRUCT(QueueShown, (), (position, not_before))

struct EventShown {
  std::string kind;
  Json data;
  Time at;
};
BOOST_DESCRIBE_STRUCT(EventShown, (), (kind, data, at))

struct DecisionShown {
  Decision decision;
  std::optional<Time> until;
  std::string rule;
  std::string says;
  std::string rulebook;
  Time at;
};
BOOST_DESCRIBE_STRUCT(DecisionShown, (), (decision, until, rule, says, rulebook, at))

// One of ours on the line.
struct LegShown {
  CallId id;
  CallStatus status;
  std::optional<std::string> call_sid;
  std::optional<Time> joined_at;
  std::optional<Time> ended_at;
  std::optional<double> cost;
  std::optional<std::string> problem;
};
BOOST_DESCRIBE_STRUCT(LegShown, (), (id, status, call_sid, joined_at, ended_at, cost, problem))

struct CallShown {
  CallId id;
  std::optional<LeadId> lead_id;
  std::optional<CampaignId> campaign_id;
  Direction direction;
  std::string phone;
  std::optional<std::string> caller_id;
  CallStatus status;
  std::optional<Outcome> outcome;
  Priority priority;
  Purpose purpose;
  std::optional<std::string> message;
  std::optional<Time> scheduled_time;
  bool asked_for;
  std::optional<std::string> call_sid;
  std::optional<AnsweredBy> answered_by;
  std::optional<Time> callback_at;
  std::optional<std::string> problem;
  bool counts;
  bool end_asked;
  std::optional<double> cost;
  std::optional<int> duration_s;
  Time created_at;
  std::optional<UserId> created_by;
  std::optional<Time> placing_at;
  std::optional<Time> ringing_at;
  std::optional<Time> answered_at;
  std::optional<Time> ended_at;
  Time updated_at;
  std::optional<UserId> rep_id;
  std::optional<QueueShown> queue;
  std::optional<std::vector<LegShown>> legs;
  std::optional<std::vector<EventShown>> events;
  std::optional<std::vector<DecisionShown>> decisions;
};
BOOST_DESCRIBE_STRUCT(CallShown, (),
                      (id, lead_id, campaign_id, direction, phone, caller_id, status, outcome, priority,
                       purpose, message, scheduled_time, asked_for, call_sid, answered_by, callback_at,
                       problem, counts, end_asked, cost, duration_s, created_at, created_by, placing_at,
                       ringing_at, answered_at, ended_at, updated_at, rep_id, queue, legs, events, decisions))

}  // namespace

template <>
inline constexpr auto json_rules<CallQuery> = rules_of<CallQuery>(
    field(&CallQuery::limit, range(1, 200), may_be_missing),
    field(&CallQuery::after, says("the last one of the page before")),
    field(&CallQuery::call_sid, length(1, 50), says("of one call; nothing else is asked")));

template <>
inline constexpr auto json_rules<QueueShown> = rules_of<QueueShown>(
    field(&QueueShown::position, says("1 is next")),
    field(&QueueShown::not_before,
          says("the earliest moment, by the pace of the carrier accounts; missing where nobody can say")));

template <>
inline constexpr auto json_rules<CallShown> = rules_of<CallShown>(
    named("Call"), field(&CallShown::counts, says("as an attempt to reach the number")),
    field(&CallShown::end_asked, says("it was canceled, or is to end as soon as the carrier lets it")),
    field(&CallShown::rep_id, says("whoever talks on it, where it is not the machine")),
    field(&CallShown::legs, says("those to the rep's phone, first to last, in answers of one call")),
    field(&CallShown::queue, says("while it is queued, in answers of one call")),
    field(&CallShown::events, says("what happened to it, in answers of one call")),
    field(&CallShown::decisions, says("what the gate said about it, in answers of one call")));

namespace {

std::unexpected<Failure> no_such_call() {
  return fail(Reason::not_found, "there is no such call");
}

CallShown shown(const Call& call) {
  CallShown answer{.id = call.id,
                   .lead_id = call.lead_id,
                   .campaign_id = call.campaign_id,
                   .direction = call.direction,
                   .phone = call.phone,
                   .caller_id = call.caller_id,
                   .status = call.status,
                   .outcome = call.outcome,
                   .priority = call.priority,
                   .purpose = call.purpose,
                   .message = call.message,
                   .scheduled_time = call.scheduled_for,
                   .asked_for = call.asked_for,
                   .call_sid = call.call_sid,
                   .answered_by = call.answered_by,
                   .callback_at = call.callback_at,
                   .problem = call.problem,
                   .counts = call.counts,
                   .end_asked = call.end_asked,
                   .cost = {},
                   .duration_s = call.duration_s,
                   .created_at = call.created_at,
                   .created_by = call.created_by,
                   .placing_at = call.placing_at,
                   .ringing_at = call.ringing_at,
                   .answered_at = call.answered_at,
                   .ended_at = call.ended_at,
                   .updated_at = call.updated_at,
                   .rep_id = call.rep_id,
                   .queue = {},
                   .legs = {},
                   .events = {},
                   .decisions = {}};
  if (call.cost_micros) answer.cost = whole_units(*call.cost_micros);
  return answer;
}

CallShown with_queue(Tx& tx, const Call& call, Time now) {
  CallShown answer = shown(call);
  if (call.status != CallStatus::queued) return answer;
  if (const auto position = flow::position_of(tx, call, now)) {
    answer.queue = QueueShown{position->ahead + 1, position->not_before};
  }
  return answer;
}

LegShown leg_shown(const Call& leg) {
  LegShown answer{.id = leg.id,
                  .status = leg.status,
                  .call_sid = leg.call_sid,
                  .joined_at = leg.joined_at,
                  .ended_at = leg.ended_at,
                  .cost = {},
                  .problem = leg.problem};
  if (leg.cost_micros) answer.cost = whole_units(*leg.cost_micros);
  return answer;
}

CallShown with_story(Tx& tx, const Call& call, Time now) {
  CallShown answer = with_queue(tx, call, now);
  answer.legs.emplace();
  for (const Call& leg : store::legs_of(tx, call.id)) answer.legs->push_back(leg_shown(leg));
  answer.events.emplace();
  for (const auto& event : store::events_of(tx, call.id, {}, events_shown)) {
    answer.events->push_back({event.kind, event.body, event.at});
  }
  answer.decisions.emplace();
  for (const auto& kept : store::decisions_of(tx, call.id)) {
    answer.decisions->push_back({kept.decision, kept.until, kept.rule, kept.says, kept.rulebook, kept.at});
  }
  return answer;
}

Task<Result<Accepted<CallShown>>> schedule_call(Asked& asked, Body<ScheduledCall> body) {
  auto work = [desk = desk_of(asked), act = act_of(asked, asked.api.clock.now()),
               said = std::move(body.value)](Tx& tx) -> Result<CallShown> {
    const auto call = flow::schedule_call(tx, act, desk(tx), said);
    if (!call) return std::unexpected(call.error());
    return with_queue(tx, *call, act.now);
  };
  const auto queued = co_await asked.api.db.write(asked.workspace(), std::move(work), Urgency::urgent);
  if (!queued) co_return std::unexpected(queued.error());
  log::info("call queued", {{"call", to_text(queued->id)}});
  co_return Accepted<CallShown>{*queued};
}

std::vector<Call> calls_asked_for(Tx& tx, const CallQuery& in) {
  if (!in.call_sid) {
    return store::calls_page(tx, {in.lead, in.campaign, in.status, in.outcome}, in.after, in.limit);
  }
  std::vector<Call> found;
  if (auto call = store::call_by_sid(tx, *in.call_sid)) found.push_back(*std::move(call));
  return found;
}

Task<Result<std::vector<CallShown>>> list_calls(Asked& asked, Query<CallQuery> query) {
  const auto calls = co_await asked.api.db.read(
      asked.workspace(), [in = query.value](Tx& tx) { return calls_asked_for(tx, in); });
  std::vector<CallShown> all;
  for (const Call& call : calls) all.push_back(shown(call));
  co_return all;
}

Task<Result<CallShown>> get_call(Asked& asked, Path<CallId> id) {
  auto work = [id = id.value, now = asked.api.clock.now()](Tx& tx) -> Result<CallShown> {
    const auto call = store::find_call(tx, id);
    if (!call) return no_such_call();
    return with_story(tx, *call, now);
  };
  co_return co_await asked.api.db.read(asked.workspace(), std::move(work));
}

std::unexpected<Failure> is_over(const Call& call) {
  return fail(Reason::conflict, "this call is over: " + to_text(call.status));
}

Task<Result<CallShown>> cancel_call(Asked& asked, Path<CallId> id) {
  const auto engine = engine_of(asked);
  if (!engine) co_return std::unexpected(engine.error());
  const auto call =
      co_await flow::cancel_call(*engine, asked.workspace(), act_of(asked, asked.api.clock.now()), id.value);
  if (!call) co_return std::unexpected(call.error());
  if (is_terminal(call->status) && !call->end_asked) co_return is_over(*call);
  co_return co_await get_call(asked, id);
}

Task<Result<CallShown>> hang_up(Asked& asked, Path<CallId> id) {
  const auto call = co_await asked.api.db.read(asked.workspace(),
                                               [id = id.value](Tx& tx) { return store::find_call(tx, id); });
  if (!call) co_return no_such_call();
  if (is_terminal(call->status)) co_return is_over(*call);
  if (call->status != CallStatus::in_progress) {
    co_return fail(Reason::conflict, "nobody talks in this call yet; cancel it instead");
  }
  co_return co_await cancel_call(asked, id);
}

}  // namespace

const RouteTable call_routes = {
    route(Verb::post, "/api/queue/schedule-call", "A call, as soon as it may be or at a time of choice",
          Access::rep, schedule_call)
        .key(KeyScope::dial),
    route(Verb::get, "/api/calls", "Calls, newest first", Access::rep, list_calls),
    route(Verb::get, "/api/calls/{id}", "One call, what happened to it, and what the gate said", Access::rep,
          get_call),
    route(Verb::post, "/api/calls/{id}/cancel", "Answers once no request for it can begin any more",
          Access::rep, cancel_call)
        .key(KeyScope::dial),
    route(Verb::post, "/api/calls/{id}/hangup", "Ends a call in which somebody talks", Access::rep, hang_up)
        .key(KeyScope::dial),
};

}  // namespace ringdown
