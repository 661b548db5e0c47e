#include "sim/carrier_model.h"

#include <fmt/format.h>

#include <algorithm>

namespace ringdown::sim {
namespace {

constexpr std::size_t listed_max = 100;
constexpr std::int64_t minute_micros = 14'000;

std::int64_t cost_of(Span talked) {
  return minute_micros * (std::chrono::ceil<std::chrono::minutes>(talked).count());
}

AnsweredBy who_answers(Reaction reaction) {
  switch (reaction) {
    case Reaction::talks: return AnsweredBy::human;
    case Reaction::machine: return AnsweredBy::machine;
    case Reaction::screening: return AnsweredBy::screening;
    default: return AnsweredBy::unknown;
  }
}

}  // namespace

CarrierModel::CarrierModel(Timeline& timeline, Trace& trace, const Faults& faults, Dice dice,
                           CarrierManners manners, Deliver deliver)
    : timeline_(timeline),
      trace_(trace),
      faults_(faults),
      dice_(dice),
      manners_(manners),
      deliver_(std::move(deliver)) {}

CarrierModel::Reply CarrierModel::take(NodeId node, Time node_clock, CarrierAccount account,
                                       const PlaceRequest& asked) {
  ledger_.requests.push_back(
      {timeline_.elapsed(), node_clock, node, account.workspace.id(), account.id, asked});
  trace_.note(timeline_.elapsed(), "request", node, to_text(asked.call));
  const Reply reply = reply_to(ledger_.requests.size() - 1);
  if (const auto* rejected = std::get_if<Rejected>(&reply.says))
    ledger_.requests.back().rejected = rejected->why;
  return reply;
}

CarrierModel::Reply CarrierModel::reply_to(std::size_t request) {
  const auto befalls = [this](Fault fault) { return dice_.happens(faults_.per_mille(fault)); };
  const Callee callee = any_callee(dice_, timeline_.now());
  const Span latency = dice_.between(30ms, 400ms);
  const Reply lost{dice_.happens(500) ? latency : manners_.answer_deadline, Lost{"no answer"}};

  if (befalls(Fault::turned_away)) return {latency, Rejected{Rejection::busy, "429"}};
  if (dice_.happens(manners_.our_fault_per_mille)) return {latency, Rejected{Rejection::our_fault, "21215"}};
  if (callee.reaction == Reaction::invalid) return {latency, Rejected{Rejection::invalid_number, "21211"}};
  if (callee.reaction == Reaction::blocked) return {latency, Rejected{Rejection::blocked, "21610"}};
  if (befalls(Fault::answer_lost)) {
    if (dice_.happens(500)) create_after(latency, request, callee);
    return lost;
  }
  if (befalls(Fault::created_late)) {
    create_after(dice_.between(1s, manners_.creation_delay_max), request, callee);
    return lost;
  }
  create_after(latency / 2, request, callee);
  if (befalls(Fault::created_then_500)) return {latency, Lost{"500"}};
  const Span slow = befalls(Fault::slow_answer) ? dice_.between(1s, 2 * manners_.answer_deadline) : latency;
  if (slow > manners_.answer_deadline) return {manners_.answer_deadline, Lost{"no answer"}};
  return {slow, Placed{fmt::format("CA{:032x}", request)}};
}

void CarrierModel::create_after(Span span, std::size_t request, const Callee& callee) {
  timeline_.after(span, nobody, [this, request, callee] { create(request, callee); });
}

void CarrierModel::create(std::size_t request, const Callee& callee) {
  const Index call = ledger_.calls.size();
  const PlaceRequest& asked = ledger_.requests[request].asked;
  ledger_.calls.push_back({fmt::format("CA{:032x}", request), request, timeline_.elapsed()});
  going_.push_back({callee, CarrierState::queued, asked.ring_timeout, asked.talk_limit});
  trace_.note(timeline_.elapsed(), "created", {ledger_.calls[call].sid});

  const bool queues = dice_.happens(faults_.per_mille(Fault::queueing));
  const Span waits = queues ? dice_.between(1min, manners_.queueing_max) : dice_.between(100ms, 2s);
  at_phase(waits, CarrierState::queued, call, &CarrierModel::ring);
}

// Whatever has happened meanwhile, what belongs to a phase happens in that phase only.
void CarrierModel::at_phase(Span span, CarrierState phase, Index call, void (CarrierModel::*then)(Index)) {
  timeline_.after(span, nobody, [this, phase, call, then] {
    if (going_[call].state == phase) (this->*then)(call);
  });
}

void CarrierModel::ring(Index call) {
  Going& going = going_[call];
  if (going.callee.reaction == Reaction::busy) return finish(call, Cause::busy);
  if (going.callee.reaction == Reaction::unreachable) return finish(call, Cause::failed);

  going.state = CarrierState::ringing;
  ledger_.calls[call].rang = timeline_.elapsed();
  trace_.note(timeline_.elapsed(), "rings", {ledger_.calls[call].sid});
  report(call, "ringing", Ringing{timeline_.now()});
  const bool picks_up =
      going.callee.reaction != Reaction::silent && going.callee.picks_up_after < going.ring_timeout;
  if (picks_up)
    return at_phase(going.callee.picks_up_after, CarrierState::ringing, call, &CarrierModel::answer);
  timeline_.after(going.ring_timeout, nobody, [this, call] {
    if (going_[call].state == CarrierState::ringing) finish(call, Cause::no_answer);
  });
}

void CarrierModel::answer(Index call) {
  Going& going = going_[call];
  going.state = CarrierState::in_progress;
  ledger_.calls[call].answered = timeline_.elapsed();
  ledger_.calls[call].answered_by = who_answers(going.callee.reaction);
  trace_.note(timeline_.elapsed(), "answered", {ledger_.calls[call].sid});
  report(call, "answered", Answered{timeline_.now()});
  at_phase(dice_.between(500ms, 4s), CarrierState::in_progress, call, &CarrierModel::talk);
  timeline_.after(std::min(going.callee.talks_for, going.talk_limit), nobody, [this, call] {
    if (going_[call].state == CarrierState::in_progress) finish(call, Cause::completed);
  });
}

// The conversation is held by us: what is agreed in it does not come through the carrier.
void CarrierModel::talk(Index call) {
  report(call, "class", AnswerClassified{*ledger_.calls[call].answered_by});
  const auto& agreement = going_[call].callee.agreement;
  if (!agreement) return;

  const LedgerRequest& request = ledger_.request_of(ledger_.calls[call]);
  trace_.note(timeline_.elapsed(), "agreed", {std::to_string(agreement->index())});
  deliver_(
      {Workspace(request.workspace), request.asked.call, ledger_.calls[call].sid + ":said", {*agreement}});
}

void CarrierModel::finish(Index call, Cause cause) {
  going_[call].state = CarrierState::ended;
  LedgerCall& entry = ledger_.calls[call];
  entry.ended = timeline_.elapsed();
  entry.cause = cause;
  if (entry.answered) entry.cost_micros = cost_of(*entry.ended - *entry.answered);
  trace_.note(timeline_.elapsed(), "ended", {entry.sid, to_text(cause)});
  report(call, "ended", *shown(call).end);
}

bool CarrierModel::belongs(const LedgerCall& call, const CarrierAccount& account) const {
  const LedgerRequest& request = ledger_.request_of(call);
  return request.workspace == account.workspace.id() && request.account == account.id;
}

CarrierCall CarrierModel::shown(Index call) const {
  const LedgerCall& entry = ledger_.calls[call];
  CarrierCall shown{entry.sid, std::chrono::floor<std::chrono::seconds>(moment(entry.created)),
                    going_[call].state};
  if (entry.ended) {
    shown.end = Ended{*entry.cause, moment(*entry.ended)};
    shown.end->answered_by = entry.answered_by;
    const Span talked = entry.answered ? *entry.ended - *entry.answered : Span(0);
    shown.end->duration_s = static_cast<int>(std::chrono::ceil<std::chrono::seconds>(talked).count());
    shown.end->cost_micros = entry.cost_micros;
  }
  return shown;
}

std::vector<CarrierCall> CarrierModel::find(CarrierAccount account, const std::string& to,
                                            const std::string& from, Time since) const {
  std::vector<CarrierCall> found;
  for (Index call = ledger_.calls.size(); call-- > 0 && found.size() < listed_max;) {
    const PlaceRequest& asked = ledger_.request_of(ledger_.calls[call]).asked;
    const CarrierCall as_shown = shown(call);
    const bool meant = asked.to == to && asked.from == from && as_shown.created_at >= since;
    if (meant && belongs(ledger_.calls[call], account)) found.push_back(as_shown);
  }
  return found;
}

std::optional<CarrierCall> CarrierModel::fetch(CarrierAccount account, const std::string& sid) const {
  for (Index call = 0; call < ledger_.calls.size(); ++call) {
    if (ledger_.calls[call].sid == sid && belongs(ledger_.calls[call], account)) return shown(call);
  }
  return {};
}

void CarrierModel::end(CarrierAccount account, const std::string& sid) {
  for (Index call = 0; call < ledger_.calls.size(); ++call) {
    LedgerCall& entry = ledger_.calls[call];
    if (entry.sid != sid || !belongs(entry, account) || entry.ended) continue;
    if (!entry.end_asked) entry.end_asked = timeline_.elapsed();
    finish(call, going_[call].state == CarrierState::in_progress ? Cause::completed : Cause::canceled);
  }
}

bool CarrierModel::fails_to_answer() {
  return dice_.happens(faults_.per_mille(Fault::answer_lost));
}

// A webhook names the call by our id and by the carrier's, so it tells both.
void CarrierModel::report(Index call, const char* what, CallEvent event) {
  const LedgerRequest& request = ledger_.request_of(ledger_.calls[call]);
  const std::string& sid = ledger_.calls[call].sid;
  Report report{Workspace(request.workspace),
                request.asked.call,
                fmt::format("{}:{}", sid, what),
                {Placed{sid}, std::move(event)}};
  if (dice_.happens(faults_.per_mille(Fault::event_forged))) forge(report);
  if (dice_.happens(faults_.per_mille(Fault::event_lost))) return;
  if (dice_.happens(faults_.per_mille(Fault::event_twice))) send(report);
  send(std::move(report));
}

void CarrierModel::send(Report report) {
  const bool late = dice_.happens(faults_.per_mille(Fault::event_late));
  const Span after = late ? dice_.between(1s, 20min) : dice_.between(20ms, 300ms);
  timeline_.after(after, nobody,
                  [this, report = std::move(report)]() mutable { deliver_(std::move(report)); });
}

// What the edge's signature does not stop: a call that is not ours, or not this workspace's.
void CarrierModel::forge(const Report& real) {
  Report forged = real;
  forged.key += ":forged";
  if (dice_.happens(500)) {
    forged.call = CallId{uuid_v7(timeline_.now(), {dice_.number(), dice_.number()})};
  } else {
    forged.workspace = Workspace(WorkspaceId{uuid_v7(timeline_.now(), {dice_.number(), dice_.number()})});
  }
  send(std::move(forged));
}

}  // namespace ringdown::sim
