// One call of the twin: what was asked for, and how far it is. All calls live on one loop.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "base/enums.h"
#include "base/time.h"
#include "sandbox/soundtrack.h"

namespace ringdown::sandbox {

using SteadyTime = std::chrono::steady_clock::time_point;

enum class Status { queued, ringing, in_progress, completed, busy, no_answer, failed, canceled };
BOOST_DESCRIBE_ENUM(Status, queued, ringing, in_progress, completed, busy, no_answer, failed, canceled)

enum class Detection { off, Enable, DetectMessageEnd };
BOOST_DESCRIBE_ENUM(Detection, off, Enable, DetectMessageEnd)

enum class Direction { inbound, outbound_api, outbound_dial };
BOOST_DESCRIBE_ENUM(Direction, inbound, outbound_api, outbound_dial)

// Where something is fetched from or sent to.
struct Target {
  std::string url{};
  std::string method = "POST";
};

struct RecordingPlan {
  Target on_change{};
  std::set<std::string, std::less<>> events{"completed"};
  bool dual = false;  // a channel for each side
};

struct CallPlan {
  Direction direction = Direction::outbound_api;
  std::string parent_sid{};  // of the call whose script dials this one
  std::string to{};
  std::string from{};
  Target script{};
  std::string twiml{};  // where there is no address of one
  Target on_status{};
  std::set<std::string, std::less<>> events{"completed"};
  Span ring_time{60s};
  std::optional<Span> time_limit{};
  Detection detection = Detection::off;
  bool detects_later = false;  // while the script runs already
  Target on_detection{};
  std::optional<RecordingPlan> recording{};  // from the answer on
};

struct Call {
  Call(const boost::asio::any_io_executor& loop, CallPlan asked)
      : plan(std::move(asked)), sleeper(loop), patience(loop) {}

  CallPlan plan;
  std::string sid{};
  Status status = Status::queued;
  Time created{};
  Time updated{};
  std::optional<Time> started{};
  std::optional<Time> answered{};
  std::optional<Time> ended{};
  std::optional<std::string> answered_by{};
  int duration_s = 0;  // at the twin's speed
  int sip_code = 0;
  Span queue_time{};
  int sequence = 0;  // of the next callback

  bool end_asked = false;             // by an update
  bool new_script = false;            // by an update
  boost::asio::steady_timer sleeper;  // cancelled where one of the two comes true

  std::shared_ptr<Soundtrack> sounds = std::make_shared<Soundtrack>();
  std::size_t replies = 0;             // of the callee's, said so far
  boost::asio::steady_timer patience;  // the callee's; cancelled when the call ends

  bool is_over() const { return status >= Status::completed; }
  bool is_called_away() const { return end_asked || new_script; }
};

using CallPtr = std::shared_ptr<Call>;

// Who hears nothing but a tone until somebody is there, and then talks with them.
struct Link {
  std::optional<SteadyTime> talks_since{};
  std::optional<SteadyTime> counts_since{};  // against a time limit
  bool over = false;                         // the other side is gone
};

}  // namespace ringdown::sandbox
