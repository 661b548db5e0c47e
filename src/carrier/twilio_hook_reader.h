// Twilio's callbacks, from the request to what they say: whose account it is picks the token, the token must
// have signed the whole. Any loop may ask.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "carrier/carrier_errors.h"
#include "ports/hook.h"

namespace ringdown::twilio {

// The tokens that may have signed for this account of this workspace, the new one first; none where the
// workspace has no such account.
using FindTokens = std::function<Task<std::vector<Secret>>(Workspace, std::string account_sid)>;

struct HookSetup {
  FindTokens find_tokens;
  CarrierErrors errors;
  std::string public_url;
};

class HookReader : public ringdown::HookReader {
 public:
  explicit HookReader(HookSetup setup) : setup_(std::move(setup)) {}

  Task<Result<HookNews>> understand(HookRequest) override;
  HookReply say(const Script&, Workspace, CallId) const override;
  NumberAddresses addresses(Workspace) const override;

 private:
  const HookSetup setup_;
};

}  // namespace ringdown::twilio
