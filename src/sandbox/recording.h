// What the twin records of a call. On the loop of the calls.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "net/http.h"
#include "sandbox/call.h"

namespace ringdown::sandbox {

class Speakers;

enum class RecordingState { in_progress, paused, completed, absent };
BOOST_DESCRIBE_ENUM(RecordingState, in_progress, paused, completed, absent)

struct Recording {
  struct Piece {  // of the call, without a pause in it, in the callee's time
    Span from{};  // since the answer
    Span length{};
  };

  std::string sid;
  std::string call_sid;
  RecordingPlan plan;
  std::string source;  // OutboundAPI, StartCallRecordingAPI, RecordVerb
  RecordingState state = RecordingState::in_progress;
  Time created{};
  Time updated{};
  Time answered{};    // the call
  Time runs_since{};  // while it does
  Span length{};      // in the machine's time, without pauses
  std::vector<Piece> pieces{};
  std::shared_ptr<const Soundtrack> sounds{};  // of the call

  int channels() const { return plan.dual ? 2 : 1; }
  bool is_over() const { return state >= RecordingState::completed; }
};

// A WAV of so many seconds, 8 kHz and 16 bits; where there are two channels, the callee has the first.
Response wav_response(const Recording&, int seconds, Speakers&);

}  // namespace ringdown::sandbox
