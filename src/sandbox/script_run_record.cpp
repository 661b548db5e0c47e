#include <algorithm>
#include <boost/asio/use_awaitable.hpp>

#include "sandbox/script_run.h"

namespace ringdown::sandbox {

namespace asio = boost::asio;

// The tape ends with the last word: Twilio cuts the silence off that follows.
asio::awaitable<ScriptRun::Next> ScriptRun::perform(const Record& record) {
  RecordingPlan plan = record.plan;
  plan.on_change = absolute(plan.on_change);
  const std::string sid = stage_.recordings.begin(*call_, std::move(plan), "RecordVerb").sid;
  const Span speech = std::min(callee_.speaks_for, record.length_max);
  bool stays = co_await listen(speech);
  Pairs told = end_recording(sid);

  const std::string key = stays ? key_of(record) : "";
  if (stays && key.empty() && speech < record.length_max) stays = co_await listen(record.silence);
  if (stays && told.empty()) co_return Next::step;
  if (!stays || !key.empty()) told.emplace_back("Digits", stays ? key : "hangup");
  const Target action{record.action.url.empty() ? call_->plan.script.url : record.action.url,
                      record.action.method};
  co_return go_on_after(stays ? Left::over : Left::hung_up, action, std::move(told));
}

Pairs ScriptRun::end_recording(const std::string& sid) {
  Recording* recording = stage_.recordings.find(sid);
  if (recording && !recording->is_over()) stage_.recordings.stop(*recording);
  if (!recording || recording->state == RecordingState::absent) return {};
  return {{"RecordingUrl", stage_.recordings.url_of(*recording)},
          {"RecordingSid", sid},
          {"RecordingDuration", std::to_string(stage_.recordings.seconds_of(*recording))}};
}

// The first of the keys that ends it, if he presses any.
std::string ScriptRun::key_of(const Record& record) {
  const auto at = callee_.presses.find_first_of(record.finish_keys);
  if (at == std::string::npos) return "";

  const std::string key(1, std::exchange(callee_.presses, {})[at]);
  stage_.talk.press(*call_, key);
  return key;
}

}  // namespace ringdown::sandbox
