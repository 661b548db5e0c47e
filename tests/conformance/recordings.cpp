// What was recorded of calls, on every database.
#include "store/recordings.h"

#include "base/json.h"
#include "store/calls.h"
#include "store/coordination.h"
#include "store/due.h"
#include "tests/conformance/history.h"
#include "tests/conformance/leads.h"

namespace ringdown::test {
namespace {

using store::RecordingWork;

RecordingId recording_id(std::uint64_t n) {
  return nth<RecordingTag>(n);
}

void add_call(Tx& tx, std::uint64_t n, std::uint64_t of_lead) {
  Call call;
  call.id = nth<CallTag>(n);
  call.lead_id = lead_id(of_lead);
  call.phone = number(of_lead);
  call.created_at = call.updated_at = tuesday;
  store::save_call(tx, call);
}

Recording of_call(std::uint64_t n, std::uint64_t call) {
  return {.id = recording_id(n),
          .call_id = nth<CallTag>(call),
          .account_id = nth<AccountTag>(1),
          .ready_at = tuesday + std::chrono::minutes(n),
          .created_at = tuesday};
}

Recording a_kept_one(std::uint64_t n, std::uint64_t call) {
  Recording kept = of_call(n, call);
  kept.sid = "RE-kept";
  kept.stage = RecordingStage::kept;
  kept.at_carrier = true;
  kept.tries = 3;
  kept.duration_s = 61;
  kept.size = 5'000'000'000;
  kept.sha256 = Bytes(32, 0xab);
  kept.problem = "no \"space\" left";
  kept.kept_at = tuesday + 1us;
  return kept;
}

void note(History& history, const char* what, const std::vector<Recording>& recordings) {
  history.note("{}: {}", what, recordings.size());
  for (const Recording& one : recordings) history.note("{}", write_json(one));
}

void note_next(Tx& tx, History& history) {
  history.note("next {} {}", shown(store::next_recording_due(tx, RecordingWork::begin)),
               shown(store::next_recording_due(tx, RecordingWork::keep)));
}

void note_due(Db& db, History& history) {
  await(db.instance_read([&](Tx& tx) {
    for (const char* work : {store::begin_recording_work, store::keep_recording_work}) {
      history.note("{} {}", work, store::due_now(tx, work, tuesday + 1h, 9).size());
    }
  }));
}

}  // namespace

void recordings(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  await(db.write(clinic, [&](Tx& tx) {
    note_next(tx, history);
    add_call(tx, 1, 1);
    add_call(tx, 2, 1);
    add_call(tx, 3, 2);
    store::save_recording(tx, of_call(4, 1));
  }));
  note_due(db, history);
  await(db.write(clinic, [&](Tx& tx) {
    store::save_recording(tx, of_call(1, 1));
    store::save_recording(tx, a_kept_one(2, 1));
    store::save_recording(tx, a_kept_one(3, 3));
    Recording failed = of_call(5, 2);
    move_to(failed, RecordingStage::failed, std::nullopt);
    store::save_recording(tx, failed);
    note_next(tx, history);
    note(history, "to begin", store::recordings_due(tx, RecordingWork::begin, tuesday + 3min, 9));
    note(history, "to keep", store::recordings_due(tx, RecordingWork::keep, tuesday + 3min, 1));
    note(history, "of a call", store::recordings_of(tx, nth<CallTag>(1)));
    note(history, "of a lead", store::recordings_of(tx, lead_id(1), 9));
    note(history, "the newest of a lead", store::recordings_of(tx, lead_id(1), 1));
    note(history, "of nobody", store::recordings_of(tx, lead_id(9), 9));
  }));
  note_due(db, history);

  await(db.write(clinic, [&](Tx& tx) {
    Recording begun = *store::find_recording(tx, recording_id(1));
    hear(begun, {"RE1", RecordingState::running, {}}, tuesday);
    store::save_recording(tx, begun);
    history.note("{}", write_json(*store::find_recording(tx, recording_id(1))));
    history.note("unknown {}", shown(store::find_recording(tx, recording_id(9)).has_value()));
    history.note("leaving {}", store::let_recordings_go(tx, lead_id(1), tuesday));
    history.note("of nobody {}", store::let_recordings_go(tx, lead_id(9), tuesday));
    note(history, "to keep", store::recordings_due(tx, RecordingWork::keep, tuesday, 9));
    Recording gone = *store::find_recording(tx, recording_id(1));
    move_to(gone, RecordingStage::gone, std::nullopt);
    store::save_recording(tx, gone);
    history.note("again {}", store::let_recordings_go(tx, lead_id(1), tuesday));
  }));
}

}  // namespace ringdown::test
