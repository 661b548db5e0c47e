#include <algorithm>
#include <boost/asio/use_awaitable.hpp>

#include "sandbox/fields.h"
#include "sandbox/script_run.h"

namespace ringdown::sandbox {

namespace asio = boost::asio;
using std::chrono::steady_clock;

asio::awaitable<ScriptRun::Next> ScriptRun::perform(const Dial& dial) {
  return dial.conference ? sit_in(dial) : put_through(dial);
}

asio::awaitable<ScriptRun::Next> ScriptRun::sit_in(const Dial& dial) {
  ConferencePlan plan = *dial.conference;
  plan.on_change = absolute(plan.on_change);
  const SeatPtr seat = stage_.conferences.join(call_, std::move(plan));
  if (!seat) co_return go_on_after(Left::over, dial.action, {{"DialCallStatus", "failed"}});

  const Left left = co_await stay(seat->link, dial.time_limit);
  stage_.conferences.leave(seat);
  co_return go_on_after(left, dial.action, {{"DialCallStatus", "answered"}});
}

asio::awaitable<ScriptRun::Next> ScriptRun::put_through(const Dial& dial) {
  const auto bridge = std::make_shared<Bridge>(call_);
  for (const NumberPlan& number : dial.numbers) {
    if (is_e164(number.to)) bridge->add(stage_.dial(plan_of(dial, number), bridge));
  }
  if (!bridge->last()) co_return go_on_after(Left::over, dial.action, {{"DialCallStatus", "failed"}});

  const Left left = co_await stay(bridge->link(), dial.time_limit);
  Pairs outcome = outcome_of(*bridge, left);
  bridge->end();
  co_return go_on_after(left, dial.action, std::move(outcome));
}

CallPlan ScriptRun::plan_of(const Dial& dial, const NumberPlan& number) const {
  return {.direction = Direction::outbound_dial,
          .parent_sid = call_->sid,
          .to = number.to,
          .from = dial.caller_id.empty() ? call_->plan.from : dial.caller_id,
          .on_status = absolute(number.on_status),
          .events = number.events,
          .ring_time = dial.ring_time};
}

Pairs ScriptRun::outcome_of(const Bridge& bridge, Left left) const {
  const Call& child = bridge.peer() ? *bridge.peer() : *bridge.last();
  const bool rings = !bridge.peer() && left != Left::over;
  return {{"DialCallStatus", rings             ? "canceled"
                             : child.is_over() ? to_text(child.status)
                                               : "completed"},
          {"DialCallSid", child.sid},
          {"DialCallDuration", std::to_string(stage_.course.seconds_of(child))},
          {"DialBridged", bridge.peer() ? "true" : "false"}};
}

// Until the other side is gone, this one has had enough, or somebody says otherwise.
asio::awaitable<ScriptRun::Left> ScriptRun::stay(const Link& link, Span time_limit) {
  const SteadyTime came = steady_clock::now();
  const auto after = [this](SteadyTime moment, Span span) { return moment + stage_.course.scaled(span); };
  while (!call_->is_called_away() && !link.over) {
    const SteadyTime leaves =
        std::min(hang_up_, link.talks_since ? after(*link.talks_since, callee_.talks_for)
                                            : after(came, callee_.waits_for()));
    const SteadyTime limit = link.counts_since ? after(*link.counts_since, time_limit) : SteadyTime::max();
    if (steady_clock::now() >= std::min(leaves, limit))
      co_return limit < leaves ? Left::limit : Left::hung_up;
    co_await stage_.course.sleep_until(*call_, std::min(leaves, limit));
  }
  co_return call_->is_called_away() ? Left::called_away : Left::over;
}

// Whoever is gone gets no further document, but who asked for the action still hears of it.
ScriptRun::Next ScriptRun::go_on_after(Left left, const Target& action, Pairs news) {
  if (call_->new_script) return Next::nothing;
  if (left == Left::over || left == Left::limit) {
    return action.url.empty() ? Next::step : go_on(action, std::move(news));
  }
  if (action.url.empty()) return Next::nothing;

  Pairs fields = stage_.course.about(*call_, "completed");
  fields.insert(fields.end(), news.begin(), news.end());
  stage_.hooks.tell(call_->sid, absolute(action), std::move(fields));
  return Next::nothing;
}

}  // namespace ringdown::sandbox
