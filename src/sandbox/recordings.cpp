#include "sandbox/recordings.h"

#include <algorithm>

#include "sandbox/moments.h"

namespace ringdown::sandbox {
namespace {

constexpr std::size_t recordings_max = 100'000;
constexpr std::size_t pieces_max = 100;  // of one; what follows so many pauses is silent

}  // namespace

Recordings::Recordings(RecordingsSetup setup, Hooks& hooks, Ledger& ledger)
    : setup_(std::move(setup)), sids_(chance_of(setup_.seed, "recordings")), hooks_(hooks), ledger_(ledger) {}

const Recording& Recordings::begin(const Call& call, RecordingPlan plan, std::string source) {
  if (by_sid_.size() >= recordings_max) erase(by_sid_.begin()->first);
  Recording made{.sid = "RE" + hex_digits(sids_, 32),
                 .call_sid = call.sid,
                 .plan = std::move(plan),
                 .source = std::move(source),
                 .sounds = call.sounds};
  made.created = made.updated = made.runs_since = now();
  made.answered = call.answered.value_or(made.created);
  by_call_.emplace(call.sid, made.sid);
  Recording& kept = by_sid_.emplace(made.sid, made).first->second;
  ledger_.write({.what = "record", .sid = call.sid, .to = call.plan.to, .detail = kept.sid});
  report(kept, "in-progress");
  return kept;
}

void Recordings::pause(Recording& recording) {
  take_length(recording);
  recording.state = RecordingState::paused;
}

void Recordings::go_on(Recording& recording) {
  recording.state = RecordingState::in_progress;
  recording.updated = recording.runs_since = now();
}

void Recordings::stop(Recording& recording) {
  take_length(recording);
  recording.state = seconds_of(recording) > 0 ? RecordingState::completed : RecordingState::absent;
  report(recording, to_text(recording.state));
}

void Recordings::call_ended(const Call& call) {
  for (const Recording* one : of_call(call.sid)) {
    if (!one->is_over()) stop(by_sid_.at(one->sid));
  }
}

Recording* Recordings::find(const std::string& sid) {
  const auto found = by_sid_.find(sid);
  return found == by_sid_.end() ? nullptr : &found->second;
}

std::vector<const Recording*> Recordings::of_call(const std::string& call_sid) const {
  std::vector<const Recording*> all;
  const auto [begin, end] = by_call_.equal_range(call_sid);
  for (auto at = begin; at != end; ++at) all.push_back(&by_sid_.at(at->second));
  std::ranges::sort(all, std::greater{}, &Recording::created);
  return all;
}

void Recordings::erase(std::string sid) {
  std::erase_if(by_call_, [&](const auto& one) { return one.second == sid; });
  by_sid_.erase(sid);
}

int Recordings::seconds_of(const Recording& recording) const {
  return static_cast<int>(std::chrono::duration<double>(recording.length).count() * setup_.speed + 0.5);
}

void Recordings::take_length(Recording& recording) {
  const Time at = now();
  recording.updated = at;
  if (recording.state != RecordingState::in_progress) return;

  const auto lived = [&](Span span) { return std::chrono::round<Span>(span * setup_.speed); };
  const Span ran = at - recording.runs_since;
  recording.length += ran;
  if (recording.pieces.size() < pieces_max)
    recording.pieces.push_back({lived(recording.runs_since - recording.answered), lived(ran)});
}

std::string Recordings::url_of(const Recording& recording) const {
  return setup_.base_url + "/2010-04-01/Accounts/" + setup_.account_sid + "/Recordings/" + recording.sid;
}

void Recordings::report(const Recording& recording, std::string_view status) {
  const RecordingPlan& plan = recording.plan;
  if (plan.on_change.url.empty() || !plan.events.contains(status)) return;

  hooks_.tell(recording.call_sid, plan.on_change,
              {{"AccountSid", setup_.account_sid},
               {"CallSid", recording.call_sid},
               {"RecordingSid", recording.sid},
               {"RecordingUrl", url_of(recording)},
               {"RecordingStatus", std::string(status)},
               {"RecordingDuration", std::to_string(seconds_of(recording))},
               {"RecordingChannels", std::to_string(recording.channels())},
               {"RecordingStartTime", mail_moment(recording.created)},
               {"RecordingSource", recording.source},
               {"RecordingTrack", "both"}});
}

}  // namespace ringdown::sandbox
