#include "sandbox/exchange.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "sandbox/detection.h"
#include "sandbox/moments.h"

namespace ringdown::sandbox {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr Span dialing_time = 2s;
constexpr Span busy_after = 1s;
constexpr Span time_limit_max = 4h;

}  // namespace

Exchange::Exchange(ExchangeSetup setup, const Callees& callees, Calls& calls, Course& course, Talk& talk,
                   Hooks& hooks, Conferences& conferences, Recordings& recordings, Streams& streams)
    : setup_(std::move(setup)),
      callees_(callees),
      calls_(calls),
      course_(course),
      talk_(talk),
      hooks_(hooks),
      stage_{.course = course,
             .talk = talk,
             .hooks = hooks,
             .conferences = conferences,
             .recordings = recordings,
             .streams = streams,
             .dial = [this](auto... asked) { return dial(std::move(asked)...); }} {}

CallPtr Exchange::call_out(CallPlan plan) {
  CallPtr call = calls_.enter(std::move(plan));
  call->queue_time = take_place_in_line();
  asio::co_spawn(setup_.loop, carry(call), asio::detached);
  return call;
}

CallPtr Exchange::call_in(CallPlan plan) {
  plan.direction = Direction::inbound;
  CallPtr call = calls_.enter(std::move(plan));
  asio::co_spawn(setup_.loop, take_in(call), asio::detached);
  return call;
}

CallPtr Exchange::dial(CallPlan plan, std::shared_ptr<Bridge> bridge) {
  CallPtr child = calls_.enter(std::move(plan));
  asio::co_spawn(setup_.loop, carry_child(child, std::move(bridge)), asio::detached);
  return child;
}

// How long a call made now waits until it is dialed, at the twin's speed.
Span Exchange::take_place_in_line() {
  const auto gap = std::chrono::duration<double>(1 / (setup_.calls_per_second * setup_.speed));
  const auto now = steady_clock::now();
  const SteadyTime place = std::max(now, line_end_);
  line_end_ = place + std::chrono::round<steady_clock::duration>(gap);
  return std::chrono::round<Span>((place - now) * setup_.speed);
}

asio::awaitable<void> Exchange::carry(CallPtr call) {
  const Callee callee = callees_.at(call->plan.to);
  if (co_await reach(*call, callee)) co_await talk(call, callee);
}

asio::awaitable<void> Exchange::carry_child(CallPtr child, std::shared_ptr<Bridge> bridge) {
  const Callee callee = callees_.at(child->plan.to);
  if (co_await reach(*child, callee)) {
    asio::co_spawn(setup_.loop, talk_.greet(child, callee), asio::detached);
    bridge->connect(child);
    co_await course_.let_pass(*child, callee.talks_for);
    if (child->new_script) {
      bridge->let_go(*child);
      co_await ScriptRun(stage_, child, callee, steady_clock::now() + course_.scaled(time_limit_max))
          .follow();
    }
    course_.end(*child, Status::completed, 200);
  }
  bridge->let_go(*child);
}

asio::awaitable<void> Exchange::take_in(CallPtr call) {
  call->started = call->updated = now();
  call->status = Status::ringing;
  course_.note(*call, "ring");
  const SteadyTime hang_up = steady_clock::now() + course_.scaled(time_limit_max);
  co_await ScriptRun(stage_, call, callees_.at(call->plan.from), hang_up).follow();
  course_.end(*call, call->answered ? Status::completed : Status::failed, 0);
}

// Whether somebody answered; else it is over.
asio::awaitable<bool> Exchange::reach(Call& call, const Callee& callee) {
  bool goes_on = co_await course_.let_pass(call, call.queue_time);
  if (goes_on) {
    course_.begin(call);
    goes_on = co_await course_.let_pass(call, dialing_time);
  }
  if (!goes_on) {
    course_.end(call, Status::canceled, 0);
  } else if (callee.line() == LineKind::no_such_number || callee.line() == LineKind::declines) {
    course_.end(call, Status::failed, callee.line() == LineKind::no_such_number ? 404 : 603);
  } else {
    course_.ring(call);
    co_return co_await let_ring(call, callee);
  }
  co_return false;
}

asio::awaitable<bool> Exchange::let_ring(Call& call, const Callee& callee) {
  const bool is_busy = callee.line() == LineKind::busy;
  const bool gets_answered =
      callee.line() == LineKind::answers && callee.picks_up_after < call.plan.ring_time;
  const Span time = is_busy ? busy_after : gets_answered ? callee.picks_up_after : call.plan.ring_time;
  if (!co_await course_.let_pass(call, time)) {
    course_.end(call, Status::canceled, 487);
  } else if (is_busy) {
    course_.end(call, Status::busy, 486);
  } else if (!gets_answered) {
    course_.end(call, Status::no_answer, 487);
  } else {
    course_.answer(call);
    co_return true;
  }
  co_return false;
}

asio::awaitable<void> Exchange::talk(CallPtr call, Callee callee) {
  const auto limit = call->plan.time_limit.value_or(time_limit_max);
  const SteadyTime hang_up =
      steady_clock::now() + course_.scaled(std::min(Talk::time_of(callee).value_or(limit), limit));
  asio::co_spawn(setup_.loop, talk_.greet(call, callee), asio::detached);
  if (call->plan.detection != Detection::off && call->plan.detects_later) {
    asio::co_spawn(setup_.loop, detect(call, callee), asio::detached);
  } else if (call->plan.detection != Detection::off) {
    co_await classify(*call, callee);
  }
  co_await ScriptRun(stage_, call, callee, hang_up).follow();
  course_.end(*call, Status::completed, 200);
}

asio::awaitable<void> Exchange::detect(CallPtr call, Callee callee) {
  const SteadyTime began = steady_clock::now();
  co_await classify(*call, callee);
  if (!call->answered_by || call->plan.on_detection.url.empty()) co_return;

  const auto took =
      std::chrono::round<std::chrono::milliseconds>((steady_clock::now() - began) * setup_.speed);
  hooks_.tell(call->sid, call->plan.on_detection,
              {{"CallSid", call->sid},
               {"AccountSid", course_.account_sid()},
               {"AnsweredBy", *call->answered_by},
               {"MachineDetectionDuration", std::to_string(took.count())}});
}

asio::awaitable<void> Exchange::classify(Call& call, const Callee& callee) {
  const Detected verdict = detected(callee, call.plan.detection);
  asio::steady_timer timer(setup_.loop, course_.scaled(verdict.after));
  co_await timer.async_wait(asio::use_awaitable);
  if (!call.is_over()) call.answered_by = verdict.answered_by;
}

}  // namespace ringdown::sandbox
