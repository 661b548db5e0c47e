// What Twilio's REST answered, in our words. The whole of "exactly once" hangs on the first of these: an
// answer is a refusal only where Twilio can have dialed nothing.
#pragma once

#include <optional>
#include <vector>

#include "carrier/carrier_errors.h"
#include "net/http_client.h"
#include "ports/carrier.h"
#include "ports/recorder.h"

namespace ringdown::twilio {

inline constexpr Span clock_skew_max = 30s;  // between Twilio's clock and ours

CallEvent placed_or_not(const Result<HttpAnswer>&, const CarrierErrors&);

// Whether it was refused for its extras: trial accounts may not ask for all of them. No code of Twilio's says
// so, only the name of one in the message.
bool refuses_extras(const Result<HttpAnswer>&);

// Those made since, a little earlier included: one too many is looked at twice, one too few is dialed twice.
Result<std::vector<CarrierCall>> calls_listed(const Result<HttpAnswer>&, Time since);

Result<std::optional<CarrierCall>> call_fetched(const Result<HttpAnswer>&);
Result<void> call_updated(const Result<HttpAnswer>&);

Result<CarrierRecording> recording_started(const Result<HttpAnswer>&);
Result<std::optional<CarrierRecording>> recording_fetched(const Result<HttpAnswer>&);
Result<void> recording_stopped(const Result<HttpAnswer>&);
Result<void> recording_erased(const Result<HttpAnswer>&);
Result<void> sound_fetched(const Result<HttpAnswer>&);

}  // namespace ringdown::twilio
