// What becomes of recordings: begun once the notice was heard, fetched when they are over, kept sealed for as
// long as the workspace wants them, and then deleted, here and at the carrier. On a loop of its own: a
// download of an hour's talk holds up no call.
#pragma once

#include "domain/backoff.h"
#include "flow/engine.h"
#include "ports/recorder.h"
#include "ports/sound_shelf.h"

namespace ringdown::flow {

struct RecordingPolicy {
  int begun_per_round = 16;
  int kept_per_round = 8;
  Backoff begin_again{.first = 2s, .longest = 10s, .tries_max = 5};  // while somebody talks
  Backoff keep_again{.first = 10s, .longest = 1h, .tries_max = 24};
  Span begin_lease = 30s;  // then somebody else may try
  Span keep_lease = 15min;     // a download takes ten minutes at most
  Span look_every = std::chrono::days(1);  // how long one is to be kept may be changed meanwhile
};

struct Archive {
  Recorder& recorder;
  SoundShelf& shelf;
  RecordingPolicy policy{};
};

// Rounds without end.
std::vector<Task<void>> recording_rounds(const Engine&, const Archive&);

}  // namespace ringdown::flow
