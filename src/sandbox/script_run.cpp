#include "sandbox/script_run.h"

#include <algorithm>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace ringdown::sandbox {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr Span apology_time = 4s;  // "an application error has occurred"
constexpr int documents_max = 20;  // that lead from one to the next

bool is_xml(const HttpAnswer& answer) {
  const auto media = answer.headers.find("content-type").value_or("");
  return media.contains("xml") && answer.body.size() <= 64 * 1024;
}

}  // namespace

asio::awaitable<void> ScriptRun::follow() {
  for (int documents = 0; documents < documents_max && !call_->end_asked; ++documents) {
    if (std::exchange(call_->new_script, false)) documents = 0;
    const auto steps = read_script(co_await text());
    if (!steps) {
      stage_.course.note(*call_, "script", "broken: " + steps.error());
      co_await stage_.course.let_pass(*call_, apology_time);
      co_return;
    }
    if (!call_->answered) stage_.course.answer(*call_);
    const Next next = co_await follow(*steps);
    if (next != Next::document && !call_->new_script) co_return;
  }
}

asio::awaitable<std::string> ScriptRun::text() {
  if (call_->plan.script.url.empty()) co_return call_->plan.twiml;

  Pairs fields = stage_.course.about(*call_, call_->answered ? "in-progress" : "ringing");
  for (auto& one : std::exchange(news_, {})) fields.push_back(std::move(one));
  const auto answer = co_await stage_.hooks.ask(call_->plan.script, std::move(fields));
  stage_.course.note(*call_, "script",
                     answer ? "status " + std::to_string(answer->status) : answer.error().text);
  co_return answer && answer->status == 200 && is_xml(*answer) ? answer->body : std::string();
}

asio::awaitable<ScriptRun::Next> ScriptRun::follow(const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    const Next next = co_await std::visit([this](const auto& one) { return perform(one); }, step);
    if (next != Next::step) co_return next;
  }
  co_return Next::nothing;
}

asio::awaitable<bool> ScriptRun::listen(Span time) {
  const Span left = stage_.course.until(hang_up_);
  co_return co_await stage_.course.let_pass(*call_, std::min(time, left)) && left >= time;
}

asio::awaitable<bool> ScriptRun::hear(const Sound& sound) {
  stage_.talk.begin(*call_, sound);
  const bool to_the_end = co_await listen(sound.time);
  if (to_the_end)
    stage_.talk.reply(*call_, callee_, sound);
  else
    stage_.talk.break_off(*call_);
  co_return to_the_end;
}

asio::awaitable<ScriptRun::Next> ScriptRun::perform(const Sound& sound) {
  co_return co_await hear(sound) ? Next::step : Next::nothing;
}

asio::awaitable<ScriptRun::Next> ScriptRun::perform(const Gather& gather) {
  for (const Sound& prompt : gather.prompts) {
    if (!co_await hear(prompt)) co_return Next::nothing;
    const auto key = gather.takes_keys ? Talk::key_on(callee_, prompt) : std::nullopt;
    if (key) co_return press(std::string(1, *key), gather.action);
  }
  const std::string keys = gather.takes_keys ? std::exchange(callee_.presses, {}) : "";
  const Typed answer = typed(keys, gather);
  if (!answer.complete && !co_await listen(gather.wait)) co_return Next::nothing;
  if (answer.digits.empty() && !gather.goes_on_empty) co_return Next::step;
  co_return press(answer.digits, gather.action);
}

ScriptRun::Next ScriptRun::press(std::string digits, const Target& action) {
  stage_.talk.press(*call_, digits);
  return go_on(action, {{"Digits", std::move(digits)}});
}

asio::awaitable<ScriptRun::Next> ScriptRun::perform(const Redirect& redirect) {
  co_return go_on(redirect.target);
}

asio::awaitable<ScriptRun::Next> ScriptRun::perform(const HangUp&) {
  co_return Next::nothing;
}

ScriptRun::Next ScriptRun::go_on(const Target& target, Pairs news) {
  if (!target.url.empty()) call_->plan.script.url = absolute(target).url;
  call_->plan.script.method = target.method;
  news_ = std::move(news);
  return Next::document;
}

Target ScriptRun::absolute(const Target& target) const {
  if (target.url.empty()) return target;
  return {resolved(call_->plan.script.url, target.url), target.method};
}

}  // namespace ringdown::sandbox
