#include "carrier/twilio_words.h"

#include <doctest/doctest.h>

using namespace ringdown;
using namespace ringdown::twilio;

TEST_CASE("moments are read as mail writes them, whatever their offset") {
  CHECK(parse_moment("Tue, 31 Aug 2010 20:36:28 +0000") == *parse_time("2010-08-31T20:36:28Z"));
  CHECK(parse_moment("Thu, 01 Oct 2026 15:00:00 -0700") == *parse_time("2026-10-01T22:00:00Z"));
  CHECK(parse_moment("1 Oct 2026 15:00:00 GMT") == *parse_time("2026-10-01T15:00:00Z"));
}

TEST_CASE("what is no moment is none") {
  for (const char* text :
       {"", "Tue", "Tue, 31 Feb 2010 20:36:28 +0000", "Tue, 31 Aug 2010 24:36:28 +0000",
        "Tue, 31 Aug 2010 20:36:28", "Tue, 31 Aug 2010 20:36:28 EST", "Tue, -1 Aug 2010 20:36:28 +0000",
        "Tue, 31 Aug 2010 20:36:28 +0060", "2010-08-31T20:36:28Z", "Tue,  Aug 2010 20:36:28 +0000"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_moment(text));
  }
}

TEST_CASE("each of Twilio's words is one of ours") {
  CHECK(state_of("initiated") == CarrierState::queued);
  CHECK(state_of("in-progress") == CarrierState::in_progress);
  CHECK(state_of("no-answer") == CarrierState::ended);
  CHECK_FALSE(state_of("paused"));
  CHECK(cause_of("no-answer") == Cause::no_answer);
  CHECK(cause_of("canceled") == Cause::canceled);
  CHECK(answered_by("machine_end_beep") == AnsweredBy::machine);
  CHECK(answered_by("human") == AnsweredBy::human);
  CHECK(answered_by("something new") == AnsweredBy::unknown);
  CHECK(stream_state_of("stream-started") == StreamState::started);
  CHECK(stream_state_of("stream-error") == StreamState::broken);
  CHECK_FALSE(stream_state_of("started"));
}
