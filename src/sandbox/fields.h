// The fields of a request, and how Twilio reads them: the first complaint is the answer.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "net/url.h"
#include "sandbox/call.h"

namespace ringdown::sandbox {

struct Complaint {
  int code = 0;
  std::string message{};
  int status = 400;
};

template <class T>
using Checked = std::expected<T, Complaint>;

Checked<CallPlan> read_plan(const QueryPairs& fields);

// What is asked for with a call and during it alike.
Checked<RecordingPlan> read_recording_plan(const QueryPairs& fields);

// What an update asks for.
struct Update {
  std::optional<std::string> status{};  // canceled or completed
  std::optional<Target> script{};
  std::optional<std::string> twiml{};
  std::optional<Target> on_status{};
  std::optional<Span> time_limit{};
};
Checked<Update> read_update(const QueryPairs& fields);

bool is_e164(std::string_view);

}  // namespace ringdown::sandbox
