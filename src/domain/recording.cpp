#include "domain/recording.h"

namespace ringdown {

void move_to(Recording& recording, RecordingStage stage, std::optional<Time> ready_at) {
  if (recording.stage != stage) recording.tries = 0;
  recording.stage = stage;
  recording.ready_at = ready_at;
}

void hear(Recording& recording, const Recorded& told, Time now) {
  const bool had_no_name = !recording.sid;
  recording.sid = told.sid;
  if (recording.stage == RecordingStage::kept) return;
  if (recording.stage == RecordingStage::gone) {
    // It was deleted before anybody knew what the carrier calls its copy.
    if (!had_no_name || told.state == RecordingState::absent) return;
    recording.at_carrier = true;
    return move_to(recording, RecordingStage::leaving, now);
  }
  recording.at_carrier = told.state != RecordingState::absent;
  if (told.duration_s) recording.duration_s = told.duration_s;
  if (recording.stage == RecordingStage::leaving) return;

  const bool is_under_way =
      recording.stage == RecordingStage::wanted || recording.stage == RecordingStage::running;
  switch (told.state) {
    case RecordingState::running:
      if (is_under_way) move_to(recording, RecordingStage::running, now + recording_patience);
      return;
    case RecordingState::completed:
      if (recording.stage != RecordingStage::over) move_to(recording, RecordingStage::over, now);
      recording.problem.reset();
      return;
    case RecordingState::absent:
      if (is_under_way) move_to(recording, RecordingStage::absent, std::nullopt);
      return;
  }
}

}  // namespace ringdown
