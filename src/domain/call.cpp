#include "domain/call.h"

namespace ringdown {

bool is_live(CallStatus status) {
  switch (status) {
    case CallStatus::placing:
    case CallStatus::ringing:
    case CallStatus::in_progress:
    case CallStatus::unknown: return true;
    default: return false;
  }
}

bool is_terminal(CallStatus status) {
  return status != CallStatus::queued && !is_live(status);
}

}  // namespace ringdown
