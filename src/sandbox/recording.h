// What the twin records of a call, and how it sounds. On the loop of the calls.
#pragma once

#include <cstdint>
#include <string>

#include "net/http.h"
#include "sandbox/call.h"

namespace ringdown::sandbox {

enum class RecordingState { in_progress, paused, completed, absent };
BOOST_DESCRIBE_ENUM(RecordingState, in_progress, paused, completed, absent)

struct Recording {
  std::string sid;
  std::string call_sid;
  RecordingPlan plan;
  std::string source;  // OutboundAPI, StartCallRecordingAPI, RecordVerb
  RecordingState state = RecordingState::in_progress;
  Time created{};
  Time updated{};
  Time runs_since{};  // while it does
  Span length{};      // in the machine's time, without pauses

  int channels() const { return plan.dual ? 2 : 1; }
  bool is_over() const { return state >= RecordingState::completed; }
};

// A WAV of so many seconds, 8 kHz and 16 bits: a hum on each channel, another one for each recording.
Response wav_response(const Recording&, int seconds);

}  // namespace ringdown::sandbox
