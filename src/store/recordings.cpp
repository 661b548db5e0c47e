#include "store/recordings.h"

#include "store/due.h"
#include "store/sql.h"

namespace ringdown::store {

void save_recording(Tx& tx, const Recording& one) {
  const char* work = one.stage == RecordingStage::wanted ? begin_recording_work : keep_recording_work;
  tx.run(sql::save_recording,
         {one.id, one.call_id, one.account_id, one.sid, one.stage, one.at_carrier, one.tries, one.ready_at,
          one.duration_s, one.size, one.sha256, one.problem, one.created_at, one.kept_at});
  if (one.ready_at) make_due_by(tx, work, *one.ready_at);
}

std::optional<Recording> find_recording(Tx& tx, RecordingId id) {
  return tx.row<Recording>(sql::recording_by_id, {id});
}

std::vector<Recording> recordings_of(Tx& tx, CallId call) {
  return tx.rows<Recording>(sql::recordings_of_call, {call});
}

std::vector<Recording> recordings_of(Tx& tx, LeadId lead, int limit) {
  return tx.rows<Recording>(sql::recordings_of_lead, {lead, limit});
}

std::vector<Recording> recordings_due(Tx& tx, RecordingWork work, Time now, int limit) {
  return tx.rows<Recording>(sql::recordings_due, {work == RecordingWork::begin, now, limit});
}

std::optional<Time> next_recording_due(Tx& tx, RecordingWork work) {
  return tx.row<Time>(sql::next_recording_due, {work == RecordingWork::begin});
}

std::int64_t let_recordings_go(Tx& tx, LeadId lead, Time now) {
  const std::int64_t leaving = tx.run(sql::let_recordings_go, {lead, now});
  if (leaving > 0) make_due_by(tx, keep_recording_work, now);
  return leaving;
}

}  // namespace ringdown::store
