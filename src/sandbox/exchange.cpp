#include "sandbox/exchange.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "base/json.h"
#include "sandbox/moments.h"

namespace ringdown::sandbox {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr Span dialing_time = 2s;
constexpr Span busy_after = 1s;
constexpr Span greeting_time = 8s;
constexpr Span verdict_time = 3s;
constexpr Span patience = 2s;      // of who hangs up at once
constexpr Span apology_time = 4s;  // "an application error has occurred"
constexpr Span time_limit_max = 4h;
constexpr int documents_max = 20;  // that lead from one to the next

std::string word_of(Status status) {
  return to_text(status);
}

bool is_xml(const HttpAnswer& answer) {
  const auto media = answer.headers.find("content-type").value_or("");
  return media.contains("xml") && answer.body.size() <= 64 * 1024;
}

}  // namespace

Exchange::Exchange(ExchangeSetup setup, const Callees& callees, Hooks& hooks, Recordings& recordings,
                   Ledger& ledger)
    : setup_(std::move(setup)), callees_(callees), hooks_(hooks), recordings_(recordings), ledger_(ledger) {}

Span Exchange::take_place_in_line() {
  const auto gap = std::chrono::duration<double>(1 / (setup_.calls_per_second * setup_.speed));
  const auto now = steady_clock::now();
  const SteadyTime place = std::max(now, line_end_);
  line_end_ = place + std::chrono::round<steady_clock::duration>(gap);
  return std::chrono::round<Span>((place - now) * setup_.speed);
}

asio::awaitable<void> Exchange::carry(CallPtr call) {
  if (!co_await let_pass(*call, call->queue_time)) co_return end(*call, Status::canceled, 0);
  call->started = now();
  report(*call, "initiated", "initiated");
  if (!co_await let_pass(*call, dialing_time)) co_return end(*call, Status::canceled, 0);

  const Callee callee = callees_.at(call->plan.to);
  if (callee.fate == Fate::invalid) co_return end(*call, Status::failed, 404);
  if (callee.fate == Fate::declined) co_return end(*call, Status::failed, 603);
  note(*call, "ring");
  call->status = Status::ringing;
  call->updated = now();
  report(*call, "ringing", "ringing");
  if (co_await let_ring(*call, callee)) co_await talk(call, callee);
}

asio::awaitable<void> Exchange::take_in(CallPtr call) {
  call->started = call->updated = now();
  call->status = Status::ringing;
  note(*call, "ring");
  const SteadyTime hang_up = steady_clock::now() + scaled(time_limit_max);
  co_await follow_script(*call, callees_.at(call->plan.from), hang_up);
  end(*call, call->answered ? Status::completed : Status::failed, 0);
}

// Whether somebody answered.
asio::awaitable<bool> Exchange::let_ring(Call& call, const Callee& callee) {
  const bool gets_answered = callee.fate != Fate::busy && callee.fate != Fate::no_answer &&
                             callee.picks_up_after < call.plan.ring_time;
  const Span time = callee.fate == Fate::busy ? busy_after
                    : gets_answered           ? callee.picks_up_after
                                              : call.plan.ring_time;
  if (!co_await let_pass(call, time)) {
    end(call, Status::canceled, 487);
  } else if (callee.fate == Fate::busy) {
    end(call, Status::busy, 486);
  } else if (!gets_answered) {
    end(call, Status::no_answer, 487);
  } else {
    answer(call);
    co_return true;
  }
  co_return false;
}

asio::awaitable<void> Exchange::talk(CallPtr call, Callee callee) {
  const auto limit = call->plan.time_limit.value_or(time_limit_max);
  const SteadyTime hang_up =
      steady_clock::now() + scaled(callee.fate == Fate::hangs_up ? std::min(patience, limit) : limit);
  if (call->plan.detection != Detection::off && call->plan.detects_later) {
    asio::co_spawn(setup_.loop, detect(call, callee), asio::detached);
  } else if (call->plan.detection != Detection::off) {
    co_await classify(*call, callee);
  }
  co_await follow_script(*call, callee, hang_up);
  end(*call, Status::completed, 200);
}

asio::awaitable<void> Exchange::detect(CallPtr call, Callee callee) {
  const SteadyTime began = steady_clock::now();
  co_await classify(*call, callee);
  if (!call->answered_by || call->plan.on_detection.url.empty()) co_return;

  const auto took =
      std::chrono::round<std::chrono::milliseconds>((steady_clock::now() - began) * setup_.speed);
  hooks_.tell(call->sid, call->plan.on_detection,
              {{"CallSid", call->sid},
               {"AccountSid", setup_.account_sid},
               {"AnsweredBy", *call->answered_by},
               {"MachineDetectionDuration", std::to_string(took.count())}});
}

asio::awaitable<void> Exchange::classify(Call& call, const Callee& callee) {
  const bool machine = callee.fate == Fate::machine;
  const bool to_the_beep = machine && call.plan.detection == Detection::DetectMessageEnd;
  asio::steady_timer timer(setup_.loop, scaled(to_the_beep ? greeting_time : verdict_time));
  co_await timer.async_wait(asio::use_awaitable);
  if (call.is_over()) co_return;
  call.answered_by = to_the_beep ? "machine_end_beep" : machine ? "machine_start" : "human";
}

asio::awaitable<void> Exchange::follow_script(Call& call, const Callee& callee, SteadyTime hang_up) {
  for (int documents = 0; documents < documents_max && !call.end_asked; ++documents) {
    call.new_script = false;
    const std::string twiml = call.plan.script.url.empty() ? call.plan.twiml : co_await fetch(call);
    const auto steps = read_script(twiml);
    if (!steps) {
      note(call, "script", "broken: " + steps.error());
      co_await let_pass(call, apology_time);
      co_return;
    }
    if (!call.answered) answer(call);
    bool goes_on = false;
    for (const Step& step : *steps) {
      if (step.kind == Step::Kind::hang_up) co_return;
      if (step.kind == Step::Kind::go_on_at) {
        go_on_at(call, step.target);
        goes_on = true;
        break;
      }
      if (!step.said.empty()) note(call, "heard", step.said);
      const Span left = std::chrono::round<Span>((hang_up - steady_clock::now()) * setup_.speed);
      if (!co_await let_pass(call, std::min(step.time, left)) || left < step.time) break;
      call.pressed = step.on_key ? callee.presses_on(step.said) : std::nullopt;
      if (call.pressed) {
        note(call, "key", std::string(1, *call.pressed));
        go_on_at(call, *step.on_key);
        goes_on = true;
        break;
      }
    }
    if (!goes_on && !call.new_script) co_return;
  }
}

void Exchange::go_on_at(Call& call, const Target& target) {
  if (!target.url.empty()) call.plan.script.url = resolved(call.plan.script.url, target.url);
  call.plan.script.method = target.method;
}

// The text of the document, or one that cannot be read.
asio::awaitable<std::string> Exchange::fetch(Call& call) {
  Pairs fields = about(call, call.answered ? "in-progress" : "ringing");
  if (const auto pressed = std::exchange(call.pressed, {}))
    fields.emplace_back("Digits", std::string(1, *pressed));
  const auto answer = co_await hooks_.ask(call.plan.script, std::move(fields));
  note(call, "script", answer ? "status " + std::to_string(answer->status) : answer.error().text);
  co_return answer && answer->status == 200 && is_xml(*answer) ? answer->body : std::string();
}

asio::awaitable<bool> Exchange::let_pass(Call& call, Span time) {
  if (call.end_asked || call.new_script) co_return false;
  call.sleeper.expires_after(scaled(std::max(time, Span{0})));
  co_await call.sleeper.async_wait(asio::as_tuple(asio::use_awaitable));
  co_return !call.end_asked && !call.new_script;
}

void Exchange::answer(Call& call) {
  call.status = Status::in_progress;
  call.answered = call.updated = now();
  note(call, "answer");
  report(call, "answered", "in-progress");
  if (call.plan.recording) recordings_.begin(call, *call.plan.recording, "OutboundAPI");
}

void Exchange::end(Call& call, Status status, int sip_code) {
  call.status = status;
  call.sip_code = sip_code;
  call.ended = call.updated = now();
  if (call.answered) {
    const auto talked = std::chrono::duration<double>(*call.ended - *call.answered) * setup_.speed;
    call.duration_s = static_cast<int>(talked.count() + 0.5);
  }
  note(call, "end", word_of(status));
  recordings_.call_ended(call);
  report(call, "completed", word_of(status));
}

void Exchange::report(Call& call, std::string_view event, std::string_view status) {
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

void Exchange::note(const Call& call, std::string_view what, std::string detail) const {
  ledger_.write({.what = std::string(what),
                 .sid = call.sid,
                 .to = call.plan.to,
                 .from = call.plan.from,
                 .url = call.plan.on_status.url,
                 .detail = std::move(detail)});
}

Pairs Exchange::about(const Call& call, std::string_view status) const {
  Pairs fields{{"CallSid", call.sid},
               {"AccountSid", setup_.account_sid},
               {"From", call.plan.from},
               {"To", call.plan.to},
               {"Caller", call.plan.from},
               {"Called", call.plan.to},
               {"CallStatus", std::string(status)},
               {"ApiVersion", "2010-04-01"},
               {"Direction", direction_of(call)}};
  if (call.answered_by) fields.emplace_back("AnsweredBy", *call.answered_by);
  return fields;
}

}  // namespace ringdown::sandbox
