#include "base/result.h"

namespace ringdown {

const char* to_text(Reason reason) {
  switch (reason) {
    case Reason::invalid: return "invalid";
    case Reason::unauthenticated: return "unauthenticated";
    case Reason::forbidden: return "forbidden";
    case Reason::not_found: return "not_found";
    case Reason::conflict: return "conflict";
    case Reason::too_large: return "too_large";
    case Reason::too_many: return "too_many";
    case Reason::unsupported: return "unsupported";
    case Reason::unavailable: return "unavailable";
    case Reason::commit_unknown: return "commit_unknown";
    case Reason::internal: return "internal";
  }
  return "internal";
}

}  // namespace ringdown
