#include "domain/carrier_call.h"

namespace ringdown {

std::vector<CallEvent> events_of(const CarrierCall& known, Time now) {
  switch (known.state) {
    case CarrierState::queued: return {};
    case CarrierState::ringing: return {Ringing{now}};
    case CarrierState::in_progress: return {Ringing{now}, Answered{now}};
    case CarrierState::ended: break;
  }
  return {known.end.value_or(Ended{.cause = Cause::failed, .at = now})};
}

}  // namespace ringdown
