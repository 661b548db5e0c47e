#include "flow/recordings.h"

#include <algorithm>

#include "base/log.h"
#include "domain/settings.h"
#include "flow/rounds.h"
#include "store/calls.h"
#include "store/changes.h"
#include "store/due.h"
#include "store/recordings.h"
#include "store/settings.h"

namespace ringdown::flow {
namespace {

using store::RecordingWork;

// One recording in hand, for as long as its lease lasts.
struct Job {
  const Engine& with;
  const Archive& archive;
  Workspace workspace;
  Recording recording;

  CarrierAccount account() const { return {workspace, recording.account_id}; }
};

// Nothing where somebody else has it, or it has moved on.
Task<std::optional<Recording>> take(const Engine& with, Workspace workspace, RecordingId id, Span lease) {
  co_return co_await with.db.write(workspace, [=](Tx& tx) -> std::optional<Recording> {
    const Time now = with.clock.now();
    auto recording = store::find_recording(tx, id);
    if (!recording || !recording->ready_at || *recording->ready_at > now) return std::nullopt;
    ++recording->tries;
    recording->ready_at = now + lease;
    store::save_recording(tx, *recording);
    return recording;
  });
}

using Change = std::function<void(Tx&, Recording&, Time now)>;

// Writes down how it went, unless its stage or its turn is somebody else's by now. The stage it is in then.
Task<RecordingStage> stage_after(const Job& job, Change change) {
  co_return co_await job.with.db.write(job.workspace, [&job, change](Tx& tx) {
    const Time now = job.with.clock.now();
    auto recording = store::find_recording(tx, job.recording.id);
    if (!recording) return RecordingStage::gone;
    const bool is_ours = recording->stage == job.recording.stage && recording->tries == job.recording.tries;
    if (!is_ours) return recording->stage;
    change(tx, *recording, now);
    store::save_recording(tx, *recording);
    if (recording->stage != job.recording.stage) store::add_change(tx, "recording", recording->id.value, now);
    return recording->stage;
  });
}

Task<void> settle(const Job& job, Change change) {
  co_await stage_after(job, std::move(change));
}

Change failed(std::string why) {
  return [why = std::move(why)](Tx&, Recording& recording, Time now) {
    recording.problem = why;
    move_to(recording, RecordingStage::failed, recording.at_carrier ? std::optional(now) : std::nullopt);
  };
}

Change told(Recorded news) {
  return [news = std::move(news)](Tx&, Recording& recording, Time now) { hear(recording, news, now); };
}

Recorded news_of(const CarrierRecording& known) {
  return {known.sid, known.state, known.duration_s};
}

double fraction(Chance& chance) {
  return static_cast<double>(chance.number() >> 11) * 0x1p-53;
}

// What is kept, or is to be deleted, is never given up.
Task<void> try_again(const Job& job, const Failure& failure, const Backoff& backoff) {
  log::warn("a recording waits", {{"recording", to_text(job.recording.id)}, {"reason", failure.text}});
  const Time now = job.with.clock.now();
  auto at = next_try(backoff, job.recording.tries, now, fraction(job.with.chance));
  if (!at && job.recording.stage >= RecordingStage::kept) at = now + backoff.longest;
  if (!at) co_return co_await settle(job, failed(failure.text));
  co_await settle(job, [at](Tx&, Recording& recording, Time) { recording.ready_at = at; });
}

// ---- beginning ----

Task<void> begin(const Job& job) {
  const auto call = co_await job.with.db.read(
      job.workspace, [id = job.recording.call_id](Tx& tx) { return store::find_call(tx, id); });
  if (!call || call->status != CallStatus::in_progress || !call->call_sid) {
    co_return co_await settle(job, [](Tx&, Recording& recording, Time) {
      recording.problem = "the call was over before it began";
      move_to(recording, RecordingStage::absent, std::nullopt);
    });
  }

  const auto begun = co_await job.archive.recorder.start_recording(job.account(), call->id, *call->call_sid);
  if (begun) co_return co_await settle(job, told(news_of(*begun)));
  const bool was_refused = begun.error().reason == Reason::unavailable;
  if (was_refused) co_return co_await try_again(job, begun.error(), job.archive.policy.begin_again);
  co_await settle(job, [](Tx&, Recording& recording, Time now) {  // it may run: its end will be reported
    move_to(recording, RecordingStage::running, now + recording_patience);
  });
}

// ---- keeping ----

Task<void> try_to_keep_again(const Job& job, const Failure& failure) {
  co_await try_again(job, failure, job.archive.policy.keep_again);
}

Task<void> look(const Job& job) {
  if (!job.recording.sid) co_return co_await settle(job, failed("the carrier never said what became of it"));
  const auto known = co_await job.archive.recorder.find_recording(job.account(), *job.recording.sid);
  if (!known) co_return co_await try_to_keep_again(job, known.error());
  if (!*known) co_return co_await settle(job, failed("the carrier has forgotten it"));
  co_await settle(job, told(news_of(**known)));
}

Task<Result<KeptSound>> fetch_sound(const Job& job) {
  auto writer = job.archive.shelf.begin(job.workspace.id(), job.recording.id);
  if (!writer) co_return std::unexpected(writer.error());
  const auto fetched = co_await job.archive.recorder.fetch_sound(
      job.account(), *job.recording.sid, [&](std::string_view piece) { return (*writer)->write(piece); });
  if (!fetched) co_return std::unexpected(fetched.error());
  co_return (*writer)->finish();
}

Task<void> fetch(const Job& job) {
  const auto kept = co_await fetch_sound(job);
  if (!kept) co_return co_await try_to_keep_again(job, kept.error());
  const RecordingStage stage = co_await stage_after(job, [&kept](Tx&, Recording& recording, Time now) {
    recording.size = kept->size;
    recording.sha256 = kept->sha256;
    recording.kept_at = now;
    move_to(recording, RecordingStage::kept, now);
  });
  if (stage == RecordingStage::leaving || stage == RecordingStage::gone) {
    // Its lead was erased meanwhile, and whoever dropped its sound could not see ours.
    if (const auto dropped = job.archive.shelf.drop(job.workspace.id(), job.recording.id); !dropped)
      log::error("a deleted recording's sound stays on the disk",
                 {{"recording", to_text(job.recording.id)}, {"reason", dropped.error().text}});
    co_return;
  }
  log::info("recording kept", {{"recording", to_text(job.recording.id)}, {"bytes", kept->size}});
}

Task<Result<void>> erase_at_carrier(const Job& job) {
  if (!job.recording.at_carrier) co_return Result<void>{};
  co_return co_await job.archive.recorder.erase_recording(job.account(), *job.recording.sid);
}

// Until its days are over; one that could not be fetched lies at the carrier for as long.
Task<void> look_after(const Job& job) {
  const Recording& ours = job.recording;
  const Settings settings =
      co_await job.with.db.read(job.workspace, [](Tx& tx) { return store::load_settings(tx); });
  const Time leaves_at =
      ours.kept_at.value_or(ours.created_at) + std::chrono::days(settings.recordings_kept_days);
  const bool is_to_leave = job.with.clock.now() >= leaves_at;
  const bool leaves_carrier = !is_to_leave && settings.recordings_leave_carrier && ours.at_carrier &&
                              ours.stage == RecordingStage::kept;
  if (leaves_carrier) {
    if (const auto erased = co_await erase_at_carrier(job); !erased) {
      co_return co_await try_to_keep_again(job, erased.error());
    }
  }
  co_await settle(job, [&job, is_to_leave, leaves_carrier, leaves_at](Tx&, Recording& recording, Time now) {
    if (leaves_carrier) recording.at_carrier = false;
    recording.tries = 0;
    if (is_to_leave) return move_to(recording, RecordingStage::leaving, now);
    recording.ready_at = std::min(leaves_at, now + job.archive.policy.look_every);
  });
}

Task<void> let_go(const Job& job) {
  auto gone = job.archive.shelf.drop(job.workspace.id(), job.recording.id);
  if (gone) gone = co_await erase_at_carrier(job);
  if (!gone) co_return co_await try_to_keep_again(job, gone.error());
  co_await settle(job, [](Tx&, Recording& recording, Time) {
    recording.at_carrier = false;
    move_to(recording, RecordingStage::gone, std::nullopt);
  });
  log::info("recording deleted", {{"recording", to_text(job.recording.id)}});
}

Task<void> work_on(const Job& job) {
  switch (job.recording.stage) {
    case RecordingStage::wanted: return begin(job);
    case RecordingStage::running: return look(job);
    case RecordingStage::over: return fetch(job);
    case RecordingStage::kept:
    case RecordingStage::failed: return look_after(job);
    default: return let_go(job);
  }
}

// ---- rounds ----

Round round_of(const Archive& archive, RecordingWork work, const char* name, int limit, Span lease) {
  return [&archive, work, name, limit, lease](const Engine& with, const Desk& desk) -> Task<void> {
    const auto due = co_await with.db.read(desk.workspace, [&with, work, limit](Tx& tx) {
      return store::recordings_due(tx, work, with.clock.now(), limit);
    });
    for (const Recording& one : due) {
      const auto taken = co_await take(with, desk.workspace, one.id, lease);
      if (!taken) continue;
      const Job job{with, archive, desk.workspace, *taken};
      co_await work_on(job);
    }
    co_await with.db.write(desk.workspace, [work, name](Tx& tx) {
      store::make_due_at(tx, name, store::next_recording_due(tx, work));
    });
  };
}

Task<void> keep_rounds(Engine with, const Archive& archive, RecordingWork work) {
  with.pulse = nullptr;  // that of the loop which dials
  const RecordingPolicy& policy = archive.policy;
  if (work == RecordingWork::begin) {
    co_await keep_round(
        with, store::begin_recording_work,
        round_of(archive, work, store::begin_recording_work, policy.begun_per_round, policy.begin_lease));
  } else {
    co_await keep_round(
        with, store::keep_recording_work,
        round_of(archive, work, store::keep_recording_work, policy.kept_per_round, policy.keep_lease));
  }
}

}  // namespace

std::vector<Task<void>> recording_rounds(const Engine& with, const Archive& archive) {
  std::vector<Task<void>> rounds;
  rounds.push_back(keep_rounds(with, archive, RecordingWork::begin));
  rounds.push_back(keep_rounds(with, archive, RecordingWork::keep));
  return rounds;
}

}  // namespace ringdown::flow
