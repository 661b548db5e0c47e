// Who carries this instance's calls, as the configuration has it: Twilio for live workspaces, and for
// rehearsals the sandbox, in this process or wherever a loopback base URL leads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/config.h"
#include "carrier/twilio_hook_reader.h"
#include "carrier/twilio_rest.h"
#include "flow/carrier_accounts.h"
#include "ports/db.h"
#include "sandbox/twilio_twin.h"

namespace ringdown {

class Telephone {
 public:
  // `public_url`: where the carrier reaches us. The store must outlive it.
  Telephone(const Config&, Db&, std::string public_url, Time now);
  ~Telephone();

  Carrier& carrier() { return *rest_; }
  Recorder& recorder() { return *recorder_; }
  HookReader& hooks() { return *hooks_; }
  std::vector<flow::AccountOffer> offers() const;

 private:
  struct Line {  // an account, and which workspaces may use it
    flow::AccountOffer offer;
    twilio::Account account;
    std::vector<Secret> tokens;  // that may have signed its callbacks
  };

  void take_configured(const Config&);
  void start_sandbox(const Config&);
  Task<Result<twilio::Account>> account_of(CarrierAccount) const;
  Task<std::vector<Secret>> tokens_of(Workspace, std::string account_sid) const;

  Db& db_;
  std::vector<Line> lines_;
  std::unique_ptr<sandbox::TwilioTwin> twin_;
  std::unique_ptr<twilio::Rest> rest_;      // on the loop that dials
  std::unique_ptr<twilio::Rest> recorder_;  // on the one that keeps recordings
  std::unique_ptr<twilio::HookReader> hooks_;
};

}  // namespace ringdown
