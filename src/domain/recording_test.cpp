#include "domain/recording.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ringdown;

namespace {

const Time noon = *parse_time("2026-06-16T12:00:00Z");

Recording wanted() {
  return {.id = {}, .call_id = {}, .account_id = {}, .ready_at = noon, .created_at = noon};
}

Recording after(Recording recording, std::initializer_list<Recorded> news) {
  for (const Recorded& told : news) hear(recording, told, noon);
  return recording;
}

const Recorded running{"RE1", RecordingState::running, {}};
const Recorded completed{"RE1", RecordingState::completed, 20};
const Recorded absent{"RE1", RecordingState::absent, {}};

}  // namespace

TEST_CASE("a recording is over once the carrier says so, in whatever order its words come") {
  for (const Recording& one :
       {after(wanted(), {running, completed}), after(wanted(), {completed, running}),
        after(wanted(), {completed, running, completed}), after(wanted(), {absent, completed})}) {
    CHECK(one.stage == RecordingStage::over);
    CHECK(one.sid == "RE1");
    CHECK(one.duration_s == 20);
    CHECK(one.ready_at == noon);
    CHECK(one.at_carrier);
  }
}

TEST_CASE("what runs is looked after later, and where nothing was recorded nobody looks again") {
  CHECK(after(wanted(), {running}).ready_at == noon + recording_patience);
  const Recording nothing = after(wanted(), {running, absent});
  CHECK(nothing.stage == RecordingStage::absent);
  CHECK_FALSE(nothing.ready_at);
  CHECK_FALSE(nothing.at_carrier);
}

TEST_CASE("what is kept, going or gone stays so, whatever the carrier repeats") {
  for (const RecordingStage stage : {RecordingStage::kept, RecordingStage::leaving, RecordingStage::gone}) {
    Recording recording = after(wanted(), {running, completed});
    move_to(recording, stage, std::nullopt);
    for (const Recorded& told : {running, completed, absent}) {
      const Recording heard = after(recording, {told});
      CHECK(heard.stage == stage);
      CHECK(heard.ready_at == recording.ready_at);
    }
  }
  Recording nameless = wanted();
  move_to(nameless, RecordingStage::gone, std::nullopt);
  CHECK(after(nameless, {absent}).stage == RecordingStage::gone);
  const Recording left = after(nameless, {completed});  // at the carrier, and nobody could ask for it by name
  CHECK(left.stage == RecordingStage::leaving);
  CHECK(left.at_carrier);
  CHECK(left.ready_at == noon);
  Recording erased = wanted();
  move_to(erased, RecordingStage::leaving, noon);
  CHECK(after(erased, {completed}).at_carrier);  // it begins to be there: it is to go there too
}

TEST_CASE("tries are counted for each stage anew") {
  Recording recording = wanted();
  recording.tries = 4;
  hear(recording, running, noon);
  CHECK(recording.tries == 0);
  recording.tries = 2;
  hear(recording, running, noon);
  CHECK(recording.tries == 2);
}
