#include "sandbox/course.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "sandbox/moments.h"

namespace ringdown::sandbox {

namespace asio = boost::asio;
using std::chrono::steady_clock;

Course::Course(CourseSetup setup, Hooks& hooks, Recordings& recordings, Ledger& ledger)
    : setup_(std::move(setup)), hooks_(hooks), recordings_(recordings), ledger_(ledger) {}

asio::awaitable<bool> Course::let_pass(Call& call, Span time) {
  const SteadyTime moment = steady_clock::now() + scaled(time);
  while (!call.is_called_away() && steady_clock::now() < moment) co_await sleep_until(call, moment);
  co_return !call.is_called_away();
}

asio::awaitable<void> Course::sleep_until(Call& call, SteadyTime moment) const {
  call.sleeper.expires_at(moment);
  co_await call.sleeper.async_wait(asio::as_tuple(asio::use_awaitable));
}

Span Course::until(SteadyTime moment) const {
  return std::chrono::round<Span>((moment - steady_clock::now()) * setup_.speed);
}

int Course::seconds_of(const Call& call) const {
  if (!call.answered) return 0;
  const std::chrono::duration<double> talked = call.ended.value_or(now()) - *call.answered;
  return static_cast<int>(talked.count() * setup_.speed + 0.5);
}

void Course::begin(Call& call) {
  call.started = now();
  report(call, "initiated", "initiated");
}

void Course::ring(Call& call) {
  note(call, "ring");
  call.status = Status::ringing;
  call.updated = now();
  report(call, "ringing", "ringing");
}

void Course::answer(Call& call) {
  call.status = Status::in_progress;
  call.answered = call.updated = now();
  note(call, "answer");
  report(call, "answered", "in-progress");
  if (call.plan.recording) recordings_.begin(call, *call.plan.recording, "OutboundAPI");
}

void Course::end(Call& call, Status status, int sip_code) {
  call.status = status;
  call.sip_code = sip_code;
  call.ended = call.updated = now();
  call.duration_s = seconds_of(call);
  note(call, "end", to_text(status));
  recordings_.call_ended(call);
  call.patience.cancel();
  call.sounds = std::make_shared<Soundtrack>();  // recordings keep what they need of it
  report(call, "completed", to_text(status));
}

void Course::report(Call& call, std::string_view event, std::string_view status) {
  if (call.plan.on_status.url.empty() || !call.plan.events.contains(event)) return;

  Pairs fields = about(call, status);
  fields.emplace_back("CallbackSource", "call-progress-events");
  fields.emplace_back("SequenceNumber", std::to_string(call.sequence++));
  fields.emplace_back("Timestamp", mail_moment(now()));
  if (call.is_over()) {
    fields.emplace_back("CallDuration", std::to_string(call.duration_s));
    fields.emplace_back("Duration", std::to_string((call.duration_s + 59) / 60));
    if (call.sip_code != 0) fields.emplace_back("SipResponseCode", std::to_string(call.sip_code));
  }
  hooks_.tell(call.sid, call.plan.on_status, std::move(fields));
}

void Course::note(const Call& call, std::string_view what, std::string detail) const {
  ledger_.write({.what = std::string(what),
                 .sid = call.sid,
                 .to = call.plan.to,
                 .from = call.plan.from,
                 .url = call.plan.on_status.url,
                 .detail = std::move(detail)});
}

Pairs Course::about(const Call& call, std::string_view status) const {
  Pairs fields{{"CallSid", call.sid},
               {"AccountSid", setup_.account_sid},
               {"From", call.plan.from},
               {"To", call.plan.to},
               {"Caller", call.plan.from},
               {"Called", call.plan.to},
               {"CallStatus", std::string(status)},
               {"ApiVersion", "2010-04-01"},
               {"Direction", to_text(call.plan.direction)}};
  if (!call.plan.parent_sid.empty()) fields.emplace_back("ParentCallSid", call.plan.parent_sid);
  if (call.answered_by) fields.emplace_back("AnsweredBy", *call.answered_by);
  return fields;
}

}  // namespace ringdown::sandbox
