// A small Twilio for rehearsals and tests: REST, calls that take their time, signed callbacks. One thread of
// its own. What it does otherwise than the original is in README.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sandbox/callees.h"
#include "sandbox/mishaps.h"
#include "sandbox/twin_options.h"

namespace ringdown::sandbox {

class TwilioTwin {
 public:
  explicit TwilioTwin(const TwinOptions&);
  ~TwilioTwin();  // stops

  Result<std::uint16_t> listen(std::string_view address);  // before start(); answers the port
  void start();
  void stop();

  const std::string& base_url() const;
  const std::string& account_sid() const;
  const std::string& auth_token() const;

  // Before start(), or from the twin's own routes.
  Callees& callees();
  Mishaps& mishaps();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace ringdown::sandbox
