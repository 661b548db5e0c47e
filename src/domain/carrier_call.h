// A call as its carrier knows it, and what that tells of ours.
#pragma once

#include <vector>

#include "domain/call_event.h"

namespace ringdown {

// How far a call is, as the carrier tells when asked.
enum class CarrierState { queued, ringing, in_progress, ended };
BOOST_DESCRIBE_ENUM(CarrierState, queued, ringing, in_progress, ended)

struct CarrierCall {
  std::string sid;
  Time created_at;
  CarrierState state = CarrierState::queued;
  std::optional<Ended> end{};  // of one that ended
};

// As if each report had come: all that must have happened by now.
std::vector<CallEvent> events_of(const CarrierCall&, Time now);

}  // namespace ringdown
