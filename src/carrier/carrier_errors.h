// What a carrier's error codes mean for a call: the file carrier_errors.toml, which people may edit. A code
// that is not in it is a plain failure that nobody repeats.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/call_event.h"

namespace ringdown {

struct CarrierError {
  Rejection means = Rejection::failed;
  std::string text;  // for people

  bool operator==(const CarrierError&) const = default;
};

struct CarrierErrors {
  std::map<int, CarrierError> twilio;  // by Twilio's codes
  std::map<int, CarrierError> sip;     // by the far end's SIP status, of calls that were accepted and failed

  static Result<CarrierErrors> parse(std::string_view toml, std::string file_name);
};

// The cause of a call that ended so after it had been accepted.
Cause cause_of(Rejection);

}  // namespace ringdown
