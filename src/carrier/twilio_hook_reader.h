// Twilio's callbacks, from the request to what they say: whose account it is picks the token, the token must
// have signed the whole. Any loop may ask.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "carrier/carrier_errors.h"
#include "carrier/twilio_hooks.h"
#include "ports/hook.h"

namespace ringdown::twilio {

// The tokens that may have signed for this account of this workspace, the new one first; none where the
// workspace has no such account.
using FindTokens = std::function<Task<std::vector<Secret>>(Workspace, std::string account_sid)>;

// An account whose callbacks are believed without a signature for a while, so that an operator can find out
// why they have none that holds.
struct Unchecked {
  std::string account_sid;
  Time until;
};

struct HookSetup {
  FindTokens find_tokens;
  CarrierErrors errors;
  std::string public_url;
  std::optional<Unchecked> unchecked{};
};

class HookReader : public ringdown::HookReader {
 public:
  explicit HookReader(HookSetup setup) : setup_(std::move(setup)) {}

  Task<Result<HookNews>> understand(HookRequest) override;
  HookReply say(const Script&, Workspace, CallId) const override;
  NumberAddresses addresses(Workspace) const override;
  std::optional<Time> unchecked_until() const override;

 private:
  bool is_believed(const Callback&, Time now) const;

  const HookSetup setup_;
};

}  // namespace ringdown::twilio
