// The way of a recording, and what it does when carrier, disk or people stand in it.
#include "flow/recordings.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "flow/record.h"
#include "store/calls.h"
#include "store/leads.h"
#include "store/recordings.h"
#include "store/settings.h"
#include "tests/support/hand_carrier.h"
#include "tests/support/one_look_clock.h"
#include "tests/support/plain_engine.h"
#include "tests/support/stores.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

using Words = std::vector<std::string>;

const std::string sound(100'000, 's');

// Says yes, until a test puts a failure here; writes down what it was asked.
class HandRecorder : public Recorder {
 public:
  std::optional<Failure> trouble;
  std::optional<Failure> trouble_with_erasing;
  std::function<Task<void>()> while_fetching;
  std::optional<CarrierRecording> known = CarrierRecording{.sid = "RE1", .call_sid = "CA1"};
  Words asked;

  Task<Result<CarrierRecording>> start_recording(CarrierAccount, CallId, std::string call_sid) override {
    co_return answer("start " + call_sid, *known);
  }
  Task<Result<void>> stop_recording(CarrierAccount, std::string, std::string sid) override {
    co_return answer("stop " + sid);
  }
  Task<Result<std::optional<CarrierRecording>>> find_recording(CarrierAccount, std::string sid) override {
    co_return answer("find " + sid, known);
  }
  Task<Result<void>> fetch_sound(CarrierAccount, std::string sid,
                                 std::function<Result<void>(std::string_view)> take) override {
    for (std::size_t at = 0; at < sound.size(); at += 30'000) {
      if (auto taken = take(std::string_view(sound).substr(at, 30'000)); !taken) co_return taken;
    }
    if (while_fetching) co_await while_fetching();
    co_return answer("fetch " + sid);  // trouble comes at the end, when all but the end was taken
  }
  Task<Result<void>> erase_recording(CarrierAccount, std::string sid) override {
    auto erased = answer("erase " + sid);
    if (trouble_with_erasing) co_return std::unexpected(*trouble_with_erasing);
    co_return erased;
  }

 private:
  template <class T>
  Result<T> answer(std::string what, T value) {
    asked.push_back(std::move(what));
    if (trouble) return std::unexpected(*trouble);
    return value;
  }
  Result<void> answer(std::string what) {
    asked.push_back(std::move(what));
    if (trouble) return std::unexpected(*trouble);
    return {};
  }
};

class MemoryShelf : public SoundShelf {
 public:
  std::map<RecordingId, std::string> sounds;
  bool is_full = false;

  Result<std::unique_ptr<SoundWriter>> begin(WorkspaceId, RecordingId id) override {
    return std::make_unique<Writer>(*this, id);
  }
  Result<std::unique_ptr<SoundReader>> open(WorkspaceId, RecordingId) const override {
    return fail(Reason::not_found, "nobody listens here");
  }
  Result<void> drop(WorkspaceId, RecordingId id) override {
    sounds.erase(id);
    return {};
  }

 private:
  struct Writer : SoundWriter {
    Writer(MemoryShelf& on, RecordingId of) : shelf(on), id(of) {}

    Result<void> write(std::string_view piece) override {
      if (shelf.is_full) return fail(Reason::unavailable, "no space left");
      text += piece;
      return {};
    }
    Result<KeptSound> finish() override {
      shelf.sounds[id] = text;
      return KeptSound{static_cast<std::int64_t>(text.size()), Bytes(32, 1)};
    }

    MemoryShelf& shelf;
    RecordingId id;
    std::string text;
  };
};

// A workspace that records, and a call in which somebody talks.
struct Studio {
  explicit Studio(StoreKind kind) : store(kind), db(store.open()), clinic(a_workspace(*db)) {
    set(R"({"recording_enabled":true})");
    Call call;
    call.id = nth<CallTag>(1);
    call.lead_id = nth<LeadTag>(1);
    call.account_id = nth<AccountTag>(1);
    call.phone = "+12125550123";
    call.status = CallStatus::in_progress;
    call.call_sid = "CA1";
    call.placing_at = call.answered_at = call.created_at = call.updated_at = clock.now();
    Lead lead;
    lead.id = *call.lead_id;
    lead.phone = call.phone;
    await(db->write(clinic, [&](Tx& tx) {
      store::add_leads(tx, std::span(&lead, 1));
      store::save_call(tx, call);
    }));
  }

  void set(const std::string& json) {
    const auto change = read_json<SettingsChange>(json).value();
    await(db->write(clinic, [&](Tx& tx) { store::save_settings(tx, change, clock.now(), {}); }));
  }
  void happens(const CallEvent& event) {
    await(flow::record(engine, clinic, nth<CallTag>(1), "", event)).value();
  }

  // Everything that is due, and what becomes due by it.
  void work() {
    for (auto& round : flow::recording_rounds(engine, archive)) {
      CHECK_THROWS_AS(await(std::move(round)), NothingLeftToDo);
    }
  }
  void work_after(Span span) {
    clock.advance(span);
    work();
  }

  std::vector<Recording> all() {
    return await(db->read(clinic, [](Tx& tx) { return store::recordings_of(tx, nth<CallTag>(1)); }));
  }
  Recording one() {
    const auto recordings = all();
    REQUIRE(recordings.size() == 1);
    return recordings.front();
  }

  const FreshStore store;
  const std::unique_ptr<Db> db;
  const Workspace clinic;
  OneLookClock clock;
  SystemChance chance;
  HandCarrier carrier;
  HandRecorder recorder;
  MemoryShelf shelf;
  const flow::Engine engine = plain_engine(*db, clock, chance, carrier);
  const flow::Archive archive{recorder, shelf};
};

const Recorded completed{"RE1", RecordingState::completed, 20};
constexpr StoreKind kinds[] = {StoreKind::sqlite_memory, StoreKind::postgres};

}  // namespace

TEST_CASE("a recording is begun, kept, and after its days gone, here and at the carrier") {
  for (const StoreKind kind : kinds) {
    CAPTURE(to_text(kind));
    Studio studio(kind);
    studio.happens(NoticeHeard{});
    CHECK(studio.one().stage == RecordingStage::wanted);
    studio.work();
    CHECK(studio.one().stage == RecordingStage::running);
    studio.happens(completed);
    studio.work();
    CHECK(studio.one().stage == RecordingStage::kept);
    CHECK(studio.one().size == static_cast<std::int64_t>(sound.size()));
    CHECK(studio.shelf.sounds.at(studio.one().id) == sound);

    studio.work_after(std::chrono::days(90) - 1s);
    CHECK(studio.one().stage == RecordingStage::kept);
    studio.work_after(1s);
    CHECK(studio.one().stage == RecordingStage::gone);
    CHECK(studio.shelf.sounds.empty());
    CHECK(studio.recorder.asked == Words{"start CA1", "fetch RE1", "erase RE1"});
    studio.happens(completed);
    studio.work_after(std::chrono::days(1));
    CHECK(studio.one().stage == RecordingStage::gone);
  }
}

TEST_CASE("fewer days are noticed within one, and where it is wanted the carrier's copy goes at once") {
  Studio studio(StoreKind::sqlite_memory);
  studio.set(R"({"recordings_leave_carrier":true})");
  studio.happens(NoticeHeard{});
  studio.work();
  studio.happens(completed);
  studio.work();
  CHECK(studio.one().stage == RecordingStage::kept);
  CHECK_FALSE(studio.one().at_carrier);
  CHECK(studio.recorder.asked.back() == "erase RE1");

  studio.set(R"({"recordings_kept_days":1})");
  studio.work_after(std::chrono::days(1));
  CHECK(studio.one().stage == RecordingStage::gone);
  CHECK(studio.recorder.asked.size() == 3);
}

TEST_CASE("nothing begins where recordings were turned off meanwhile, or the call is over") {
  Studio off(StoreKind::sqlite_memory);
  off.set(R"({"recording_enabled":false})");
  off.happens(NoticeHeard{});
  CHECK(off.all().empty());

  Studio over(StoreKind::sqlite_memory);
  over.happens(NoticeHeard{});
  over.happens(Ended{.cause = Cause::completed, .at = over.clock.now()});
  over.work();
  CHECK(over.one().stage == RecordingStage::absent);
  CHECK(over.recorder.asked.empty());
}

TEST_CASE("a carrier that refuses to begin is asked again some times, one that is silent never") {
  Studio refused(StoreKind::sqlite_memory);
  refused.recorder.trouble = Failure{Reason::unavailable, "not now", {}};
  refused.happens(NoticeHeard{});
  for (int i = 0; i < 10; ++i) refused.work_after(20s);
  CHECK(refused.one().stage == RecordingStage::failed);
  CHECK(refused.one().problem == "not now");
  CHECK(refused.recorder.asked == Words(5, "start CA1"));

  Studio silent(StoreKind::sqlite_memory);
  silent.recorder.trouble = Failure{Reason::internal, "no answer came", {}};
  silent.happens(NoticeHeard{});
  for (int i = 0; i < 10; ++i) silent.work_after(20s);
  CHECK(silent.recorder.asked == Words{"start CA1"});
  silent.recorder.trouble.reset();
  silent.happens(completed);
  silent.work();
  CHECK(silent.one().stage == RecordingStage::kept);
  CHECK(silent.one().sid == "RE1");
}

TEST_CASE("what nobody reported is looked up, and what the carrier does not know is given up") {
  for (const auto& [state, stage] : {std::pair{RecordingState::completed, RecordingStage::kept},
                                     {RecordingState::absent, RecordingStage::absent},
                                     {RecordingState::running, RecordingStage::running}}) {
    Studio studio(StoreKind::sqlite_memory);
    studio.happens(NoticeHeard{});
    studio.work();
    studio.recorder.known->state = state;
    studio.work_after(recording_patience);
    CHECK(studio.one().stage == stage);
  }
  Studio forgotten(StoreKind::sqlite_memory);
  forgotten.happens(NoticeHeard{});
  forgotten.work();
  forgotten.recorder.known.reset();
  forgotten.work_after(recording_patience);
  CHECK(forgotten.one().stage == RecordingStage::failed);

  Studio nameless(StoreKind::sqlite_memory);
  nameless.recorder.trouble = Failure{Reason::internal, "no answer came", {}};
  nameless.happens(NoticeHeard{});
  nameless.work();
  nameless.work_after(recording_patience);
  CHECK(nameless.one().stage == RecordingStage::failed);
  CHECK(nameless.one().problem.value_or("").contains("never said"));
}

TEST_CASE("a sound that cannot be fetched or kept is tried again for a day, and leaves no half of it") {
  for (const bool disk : {false, true}) {
    Studio studio(StoreKind::sqlite_memory);
    studio.happens(NoticeHeard{});
    studio.work();
    studio.happens(completed);
    studio.recorder.trouble =
        disk ? std::nullopt : std::optional(Failure{Reason::unavailable, "broken off", {}});
    studio.shelf.is_full = disk;
    for (int i = 0; i < 3; ++i) studio.work_after(2h);
    CHECK(studio.one().stage == RecordingStage::over);
    CHECK(studio.shelf.sounds.empty());

    studio.recorder.trouble.reset();
    studio.shelf.is_full = false;
    studio.work_after(2h);
    CHECK(studio.one().stage == RecordingStage::kept);
    CHECK(studio.shelf.sounds.at(studio.one().id) == sound);
  }
  Studio never(StoreKind::sqlite_memory);
  never.happens(NoticeHeard{});
  never.work();
  never.happens(completed);
  never.recorder.trouble = Failure{Reason::unavailable, "broken off", {}};
  for (int i = 0; i < 40; ++i) never.work_after(2h);
  CHECK(never.one().stage == RecordingStage::failed);
  CHECK(std::ranges::count(never.recorder.asked, "fetch RE1") == 24);
  CHECK(never.one().at_carrier);
  never.recorder.trouble.reset();
  never.work_after(std::chrono::days(90));
  CHECK(never.one().stage == RecordingStage::gone);
  CHECK(never.recorder.asked.back() == "erase RE1");
}

TEST_CASE("where a lead is erased while another node fetches, no sound stays behind") {
  for (const StoreKind kind : kinds) {
    Studio studio(kind);
    studio.happens(NoticeHeard{});
    studio.work();
    studio.happens(completed);
    studio.recorder.while_fetching = [&]() -> Task<void> {
      studio.recorder.while_fetching = {};
      co_await studio.db->write(
          studio.clinic, [&](Tx& tx) { store::let_recordings_go(tx, nth<LeadTag>(1), studio.clock.now()); });
      for (auto& round : flow::recording_rounds(studio.engine, studio.archive)) {
        try {
          co_await std::move(round);
        } catch (const NothingLeftToDo&) {
        }
      }
    };
    studio.work();

    CHECK(studio.one().stage == RecordingStage::gone);
    CHECK(studio.shelf.sounds.empty());
  }
}

TEST_CASE("a copy at the carrier whose name came after its lead was erased is deleted there") {
  for (const StoreKind kind : kinds) {
    Studio studio(kind);
    studio.happens(NoticeHeard{});
    studio.recorder.trouble = Failure{Reason::internal, "the answer was lost", {}};
    studio.work();
    studio.recorder.trouble.reset();
    await(studio.db->write(studio.clinic, [&](Tx& tx) {
      store::erase_lead(tx, nth<LeadTag>(1));
      store::let_recordings_go(tx, nth<LeadTag>(1), studio.clock.now());
    }));
    studio.work();
    CHECK(studio.one().stage == RecordingStage::gone);

    studio.happens(completed);
    studio.happens(Recorded{"RE2", RecordingState::completed, 20});
    studio.work();

    REQUIRE(studio.all().size() == 2);
    for (const Recording& one : studio.all()) CHECK(one.stage == RecordingStage::gone);
    for (const char* sid : {"erase RE1", "erase RE2"})
      CHECK(std::ranges::count(studio.recorder.asked, sid) == 1);
    CHECK(std::ranges::count(studio.recorder.asked, "fetch RE2") == 0);
  }
}

TEST_CASE("nobody who was erased is recorded, even while they talk") {
  for (const StoreKind kind : kinds) {
    Studio studio(kind);
    await(studio.db->write(studio.clinic, [](Tx& tx) { store::erase_lead(tx, nth<LeadTag>(1)); }));
    studio.happens(NoticeHeard{});
    CHECK(studio.all().empty());
  }
}

TEST_CASE("a carrier that does not let go of its copy costs nobody ours, and is asked until it does") {
  Studio studio(StoreKind::sqlite_memory);
  studio.set(R"({"recordings_leave_carrier":true})");
  studio.happens(NoticeHeard{});
  studio.work();
  studio.happens(completed);
  studio.recorder.trouble_with_erasing = Failure{Reason::unavailable, "away", {}};
  for (int i = 0; i < 40; ++i) studio.work_after(2h);
  CHECK(studio.one().stage == RecordingStage::kept);
  CHECK(studio.one().at_carrier);
  CHECK(std::ranges::count(studio.recorder.asked, "erase RE1") > 24);

  studio.recorder.trouble_with_erasing.reset();
  studio.work_after(2h);
  CHECK(studio.one().stage == RecordingStage::kept);
  CHECK_FALSE(studio.one().at_carrier);
}

TEST_CASE("what is to be deleted is never given up, and a recording we did not begin is kept as well") {
  Studio studio(StoreKind::sqlite_memory);
  studio.happens(NoticeHeard{});
  studio.work();
  studio.happens(completed);
  studio.happens(Recorded{"RE2", RecordingState::completed, 3});
  studio.work();
  CHECK(studio.all().size() == 2);
  CHECK(studio.shelf.sounds.size() == 2);

  await(studio.db->write(studio.clinic, [&](Tx& tx) {
    CHECK(store::let_recordings_go(tx, nth<LeadTag>(1), studio.clock.now()) == 2);
  }));
  studio.recorder.trouble = Failure{Reason::unavailable, "away", {}};
  for (int i = 0; i < 60; ++i) studio.work_after(2h);
  CHECK(studio.shelf.sounds.empty());
  for (const Recording& one : studio.all()) CHECK(one.stage == RecordingStage::leaving);
  studio.recorder.trouble.reset();
  studio.work_after(2h);
  for (const Recording& one : studio.all()) CHECK(one.stage == RecordingStage::gone);
}
