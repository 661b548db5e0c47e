// Twilio's words in ours, shared by what REST answers and what callbacks report.
#pragma once

#include <optional>
#include <string_view>

#include "domain/call.h"
#include "ports/carrier.h"
#include "ports/recorder.h"

namespace ringdown::twilio {

std::optional<CarrierState> state_of(std::string_view status);
Cause cause_of(std::string_view final_status);
AnsweredBy answered_by(std::string_view verdict);

std::optional<StreamState> stream_state_of(std::string_view event);
std::optional<RecordingState> recording_state_of(std::string_view status);

// "Tue, 31 Aug 2010 20:36:28 +0000", at any offset.
std::optional<Time> parse_moment(std::string_view);

}  // namespace ringdown::twilio
