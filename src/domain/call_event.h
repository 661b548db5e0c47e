// Everything that can happen to a call, whoever noticed it. Moments are the machine's or the carrier's.
#pragma once

#include <boost/describe/class.hpp>
#include <string>
#include <variant>

#include "domain/call.h"

namespace ringdown {

// The carrier took it and calls it so.
struct Placed {
  std::string sid;
  bool operator==(const Placed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Placed, (), (sid))

// It did not, and nothing was dialed. `busy`: not now; the same request may do later.
enum class Rejection { busy, invalid_number, blocked, our_fault, failed };
BOOST_DESCRIBE_ENUM(Rejection, busy, invalid_number, blocked, our_fault, failed)
struct Rejected {
  Rejection why = Rejection::failed;
  std::string text;  // for people; no number in it
  bool operator==(const Rejected&) const = default;
};
BOOST_DESCRIBE_STRUCT(Rejected, (), (why, text))

// Whether it did is not known: it may ring this very moment.
struct Lost {
  std::string text;
  bool operator==(const Lost&) const = default;
};
BOOST_DESCRIBE_STRUCT(Lost, (), (text))

// The request never began: its moment had passed before. `delivery` tells which claim is meant.
struct NotSent {
  int delivery = 0;
  bool operator==(const NotSent&) const = default;
};
BOOST_DESCRIBE_STRUCT(NotSent, (), (delivery))

struct Ringing {
  Time at;
  bool operator==(const Ringing&) const = default;
};
BOOST_DESCRIBE_STRUCT(Ringing, (), (at))

struct Answered {
  Time at;
  bool operator==(const Answered&) const = default;
};
BOOST_DESCRIBE_STRUCT(Answered, (), (at))

struct AnswerClassified {
  AnsweredBy who = AnsweredBy::unknown;
  bool operator==(const AnswerClassified&) const = default;
};
BOOST_DESCRIBE_STRUCT(AnswerClassified, (), (who))

struct CallbackAsked {
  Time at;  // of the calling clock
  bool operator==(const CallbackAsked&) const = default;
};
BOOST_DESCRIBE_STRUCT(CallbackAsked, (), (at))

struct Booked {
  bool operator==(const Booked&) const = default;
};
BOOST_DESCRIBE_STRUCT(Booked, (), ())

struct Declined {
  bool operator==(const Declined&) const = default;
};
BOOST_DESCRIBE_STRUCT(Declined, (), ())

struct WrongPerson {
  bool operator==(const WrongPerson&) const = default;
};
BOOST_DESCRIBE_STRUCT(WrongPerson, (), ())

struct OptedOut {
  bool operator==(const OptedOut&) const = default;
};
BOOST_DESCRIBE_STRUCT(OptedOut, (), ())

// Keys that mean nothing by themselves: what they do is the call's to say.
struct Pressed {
  std::string keys;
  bool operator==(const Pressed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Pressed, (), (keys))

// What the carrier says at the end tells the whole story, in case nothing of it arrived before.
struct Ended {
  Cause cause = Cause::completed;
  Time at;
  std::optional<AnsweredBy> answered_by{};
  std::optional<int> duration_s{};
  std::optional<std::int64_t> cost_micros{};
  std::string problem{};
  bool operator==(const Ended&) const = default;
};
BOOST_DESCRIBE_STRUCT(Ended, (), (cause, at, answered_by, duration_s, cost_micros, problem))

// Nobody said in time what became of the request.
struct LeaseExpired {
  bool operator==(const LeaseExpired&) const = default;
};
BOOST_DESCRIBE_STRUCT(LeaseExpired, (), ())

// The carrier was asked whether it knows the call, and does not, or not yet.
struct NotFound {
  bool operator==(const NotFound&) const = default;
};
BOOST_DESCRIBE_STRUCT(NotFound, (), ())

// Somebody, or a law, wants it to end.
struct EndAsked {
  std::string why{};  // where people have to be told
  bool operator==(const EndAsked&) const = default;
};
BOOST_DESCRIBE_STRUCT(EndAsked, (), (why))

// The person who answered has heard to the end that the call is recorded.
struct NoticeHeard {
  bool operator==(const NoticeHeard&) const = default;
};
BOOST_DESCRIBE_STRUCT(NoticeHeard, (), ())

// The person, or whoever else answered, has heard the message to the end.
struct MessageHeard {
  bool operator==(const MessageHeard&) const = default;
};
BOOST_DESCRIBE_STRUCT(MessageHeard, (), ())

// How far a recording of it is.
enum class RecordingState { running, completed, absent };
BOOST_DESCRIBE_ENUM(RecordingState, running, completed, absent)
struct Recorded {
  std::string sid;
  RecordingState state = RecordingState::running;
  std::optional<int> duration_s{};
  bool operator==(const Recorded&) const = default;
};
BOOST_DESCRIBE_STRUCT(Recorded, (), (sid, state, duration_s))

// What became of the stream that carries its sound. Why one broke is told nowhere else.
enum class StreamState { started, stopped, broken };
BOOST_DESCRIBE_ENUM(StreamState, started, stopped, broken)
struct Streamed {
  std::string sid;
  StreamState state = StreamState::started;
  std::string problem{};
  bool operator==(const Streamed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Streamed, (), (sid, state, problem))

using CallEvent = std::variant<Placed, Rejected, Lost, NotSent, Ringing, Answered, AnswerClassified,
                               CallbackAsked, Booked, Declined, WrongPerson, OptedOut, Pressed, Ended, LeaseExpired,
                               NotFound, EndAsked, NoticeHeard, MessageHeard, Recorded, Streamed>;

// One word for journal and log.
const char* name_of(const CallEvent&);

}  // namespace ringdown
