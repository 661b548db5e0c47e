// What Twilio's callbacks say, in our words. Both are pure: the signature is checked elsewhere, the clock is
// a value.
#pragma once

#include "carrier/carrier_errors.h"
#include "carrier/twilio_signature.h"
#include "carrier/twilio_urls.h"
#include "ports/hook.h"

namespace ringdown::twilio {

// A callback as it came, taken apart.
struct Callback {
  HookTarget target;
  Fields fields{};

  std::string_view field(std::string_view name) const;  // empty where there is none
};

Result<Callback> read_callback(const HookRequest&);

// Facts in the order in which they became true. The first is always that Twilio has the call and calls it so:
// what answered our request may have been lost.
Result<HookNews> news_in(const Callback&, const CarrierErrors&, Time now);

}  // namespace ringdown::twilio
