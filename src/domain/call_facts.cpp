#include "domain/call_facts.h"

namespace ringdown {
namespace {

CallStatus status_after(Cause cause) {
  switch (cause) {
    case Cause::completed: return CallStatus::completed;
    case Cause::busy: return CallStatus::busy;
    case Cause::no_answer: return CallStatus::no_answer;
    case Cause::withdrawn:
    case Cause::canceled: return CallStatus::canceled;
    case Cause::invalid_number:
    case Cause::blocked:
    case Cause::our_fault:
    case Cause::undelivered:
    case Cause::failed:
    case Cause::not_found: break;
  }
  return CallStatus::failed;
}

Outcome outcome_of(Agreement agreement) {
  switch (agreement) {
    case Agreement::callback: return Outcome::callback;
    case Agreement::booked: return Outcome::scheduled;
    case Agreement::not_interested: return Outcome::not_interested;
    case Agreement::wrong_person: return Outcome::wrong_number;
    case Agreement::opted_out: break;
  }
  return Outcome::dnc;
}

Outcome outcome_of_answer(AnsweredBy who) {
  switch (who) {
    case AnsweredBy::machine:
    case AnsweredBy::fax: return Outcome::voicemail;
    case AnsweredBy::screening: return Outcome::no_answer;
    case AnsweredBy::human:
    case AnsweredBy::unknown: break;
  }
  return Outcome::connected;
}

// What an attempt that reached nobody makes of a lead.
LeadStatus after_trying(const RetryPolicy& policy, int attempts, LeadStatus at_last) {
  return attempts >= policy.attempts_max ? at_last : LeadStatus::pending;
}

}  // namespace

CallStatus status_of(const Call& call) {
  if (call.cause) return status_after(*call.cause);
  if (!call.placing_at) return CallStatus::queued;
  if (call.answered_at) return CallStatus::in_progress;
  if (call.ringing_at) return CallStatus::ringing;
  return call.lost && !call.call_sid ? CallStatus::unknown : CallStatus::placing;
}

std::optional<Outcome> outcome_of(const Call& call) {
  if (!call.cause || call.kind != CallKind::call) return {};
  if (call.agreement) return outcome_of(*call.agreement);
  switch (*call.cause) {
    case Cause::completed: return outcome_of_answer(call.answered_by.value_or(AnsweredBy::unknown));
    case Cause::busy: return Outcome::busy;
    case Cause::no_answer: return Outcome::no_answer;
    case Cause::invalid_number: return Outcome::wrong_number;
    case Cause::blocked: return Outcome::blocked;
    case Cause::our_fault:
    case Cause::undelivered:
    case Cause::failed:
    case Cause::not_found: return Outcome::failed;
    case Cause::withdrawn:
    case Cause::canceled: break;
  }
  return {};
}

bool counts_as_attempt(const Call& call) {
  if (!call.placing_at || call.direction == Direction::inbound) return false;
  if (call.kind == CallKind::rep_leg) return false;
  if (!call.cause) return true;
  switch (*call.cause) {
    case Cause::invalid_number:
    case Cause::our_fault:
    case Cause::undelivered:
    case Cause::withdrawn: return false;
    default: return true;
  }
}

LeadStatus lead_status_of(const Call& call, const RetryPolicy& policy, int attempts) {
  const LeadStatus before = call.lead_status_before.value_or(LeadStatus::pending);
  if (!call.placing_at) return before;
  if (!call.cause) return call.call_sid ? LeadStatus::contacted : LeadStatus::calling;
  if (call.cause == Cause::our_fault || call.cause == Cause::undelivered) return before;
  if (call.cause == Cause::not_found) return LeadStatus::pending;
  const auto outcome = outcome_of(call);
  if (!outcome) return call.cause == Cause::withdrawn ? before : LeadStatus::pending;
  switch (*outcome) {
    case Outcome::connected: return LeadStatus::contacted;
    case Outcome::callback: return LeadStatus::callback;
    case Outcome::scheduled: return LeadStatus::scheduled;
    case Outcome::not_interested: return LeadStatus::not_interested;
    case Outcome::wrong_number: return LeadStatus::wrong_number;
    case Outcome::dnc: return LeadStatus::dnc;
    case Outcome::blocked:
    case Outcome::failed: return after_trying(policy, attempts, LeadStatus::error);
    case Outcome::voicemail:
    case Outcome::no_answer:
    case Outcome::busy:
    case Outcome::skipped: break;
  }
  return after_trying(policy, attempts, LeadStatus::no_answer);
}

std::int64_t reserved_by(const Call& call) {
  return is_live(call.status) ? call.reserved_micros : 0;
}

std::int64_t charged_by(const Call& call) {
  if (!is_terminal(call.status)) return 0;
  if (call.cost_micros) return *call.cost_micros;
  const bool may_have_talked =
      call.answered_at || call.cause == Cause::completed || call.cause == Cause::not_found;
  return may_have_talked ? call.reserved_micros : 0;
}

}  // namespace ringdown
