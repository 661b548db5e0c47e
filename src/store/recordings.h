// What was recorded of calls, and how far it is on its way to us: units of the workspace.
#pragma once

#include <vector>

#include "domain/recording.h"
#include "ports/db.h"

namespace ringdown::store {

// Kinds of work that `due` knows: beginning must not wait for a download.
inline constexpr const char* begin_recording_work = "begin-recording";
inline constexpr const char* keep_recording_work = "keep-recording";

void save_recording(Tx&, const Recording&);  // and says when somebody is to look after it
std::optional<Recording> find_recording(Tx&, RecordingId);
std::vector<Recording> recordings_of(Tx&, CallId);
std::vector<Recording> recordings_of(Tx&, LeadId, int limit);  // newest first

enum class RecordingWork { begin, keep };  // those that are wanted, and all others
std::vector<Recording> recordings_due(Tx&, RecordingWork, Time now, int limit);
std::optional<Time> next_recording_due(Tx&, RecordingWork);

// Those of an erased lead are to be gone.
std::int64_t let_recordings_go(Tx&, LeadId, Time now);

}  // namespace ringdown::store
