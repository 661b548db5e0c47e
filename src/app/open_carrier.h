// What carries calls, made from the configuration: requests and callbacks of one Twilio account for the whole
// instance.
#pragma once

#include <memory>
#include <string>

#include "app/config.h"
#include "ports/carrier.h"
#include "ports/hook.h"

namespace ringdown {

struct CarrierParts {
  std::unique_ptr<Carrier> carrier;
  std::unique_ptr<HookReader> hooks;
};

// `public_url`: where the carrier reaches us. Throws Breakage where carrier_errors.toml has a mistake.
// Without an account every request to place is refused with the reason.
CarrierParts open_carrier(const Config&, const std::string& public_url);

}  // namespace ringdown
