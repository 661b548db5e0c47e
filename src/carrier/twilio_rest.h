// Carries calls through Twilio's REST, or through whatever speaks it. One request per question: whether to
// ask again is for whoever knows what is at stake. On the loop of whoever awaits it.
#pragma once

#include <map>
#include <set>
#include <string>

#include "carrier/carrier_errors.h"
#include "carrier/twilio_account.h"
#include "net/http_client.h"
#include "ports/recorder.h"

namespace ringdown::twilio {

struct RestSetup {
  FindAccount find_account;
  CarrierErrors errors;
  std::string public_url;  // where Twilio reaches us
  HttpClientLimits limits{.deadline = 20s};
  HttpClientLimits sound_limits{.deadline = 10min, .answer_bytes_max = std::size_t{1} << 30};
};

class Rest : public Carrier, public Recorder {
 public:
  explicit Rest(RestSetup setup) : setup_(std::move(setup)) {}

  Task<CallEvent> place(CarrierAccount, PlaceRequest) override;
  Task<Result<std::vector<CarrierCall>>> find(CarrierAccount, std::string to, std::string from,
                                              Time since) override;
  Task<Result<std::optional<CarrierCall>>> fetch(CarrierAccount, std::string sid) override;
  Task<Result<void>> speak_anew(CarrierAccount, CallId, std::string sid) override;
  Task<Result<void>> end(CarrierAccount, std::string sid) override;

  Task<Result<CarrierRecording>> start_recording(CarrierAccount, CallId, std::string call_sid) override;
  Task<Result<void>> stop_recording(CarrierAccount, std::string call_sid, std::string sid) override;
  Task<Result<std::optional<CarrierRecording>>> find_recording(CarrierAccount, std::string sid) override;
  Task<Result<void>> fetch_sound(CarrierAccount, std::string sid, TakePiece) override;
  Task<Result<void>> erase_recording(CarrierAccount, std::string sid) override;

 private:
  using MakeCall = std::function<HttpCall(const Account&)>;
  Task<Result<HttpAnswer>> ask(CarrierAccount, MakeCall);
  Result<HttpClient> client_for(const std::string& base_url);

  const RestSetup setup_;
  std::map<std::string, HttpClient> clients_;  // by base URL: loading the authorities takes its time
  std::set<std::string> plain_;                // accounts, by sid, that refused a call's extras
};

}  // namespace ringdown::twilio
