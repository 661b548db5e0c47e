// The sound of a call: what the carrier says of it, and what has become of it here.
#pragma once

#include <optional>
#include <string>

#include "base/enums.h"
#include "base/text.h"
#include "base/time.h"
#include "domain/call.h"
#include "domain/call_event.h"

namespace ringdown {

using RecordingId = Id<struct RecordingTag>;

enum class RecordingStage {
  wanted,   // the notice was heard: the carrier is to begin
  running,  // it records, or may: its answer was lost
  over,     // its sound waits at the carrier
  kept,     // and is here
  leaving,  // is to be gone, here and there
  gone,
  absent,  // nothing was recorded
  failed
};
BOOST_DESCRIBE_ENUM(RecordingStage, wanted, running, over, kept, leaving, gone, absent, failed)

struct Recording {
  RecordingId id;
  CallId call_id;
  AccountId account_id;
  std::optional<std::string> sid{};  // at the carrier
  RecordingStage stage = RecordingStage::wanted;
  bool at_carrier = false;
  int tries = 0;                   // of what its stage asks for
  std::optional<Time> ready_at{};  // when somebody looks after it next
  std::optional<int> duration_s{};
  std::optional<std::int64_t> size{};  // of the sound that is kept
  std::optional<Bytes> sha256{};
  std::optional<std::string> problem{};
  Time created_at;
  std::optional<Time> kept_at{};

  bool operator==(const Recording&) const = default;
};
BOOST_DESCRIBE_STRUCT(Recording, (),
                      (id, call_id, account_id, sid, stage, at_carrier, tries, ready_at, duration_s, size,
                       sha256, problem, created_at, kept_at))

// Nobody asks the carrier while its own word may still come.
inline constexpr Span recording_patience = 15min;

// What the carrier says, in any order and as often as it likes; what we have is never taken back by it.
void hear(Recording&, const Recorded&, Time now);

// The stage it reached, and when somebody looks after it again.
void move_to(Recording&, RecordingStage, std::optional<Time> ready_at);

}  // namespace ringdown
