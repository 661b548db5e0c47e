// A carrier inside a test: it writes down what it is asked, and answers what the test says. For the thread
// that turns the engine.
#pragma once

#include <functional>
#include <map>

#include "ports/carrier.h"

namespace ringdown::test {

class HandCarrier : public Carrier {
 public:
  // Takes every call, unless a test puts another answer here.
  std::function<CallEvent(const PlaceRequest&)> on_place;
  std::map<std::string, CarrierCall> known;  // by sid: what it tells when asked
  std::vector<PlaceRequest> requests;
  std::vector<std::string> ended;      // sids
  std::vector<std::string> told_anew;  // likewise

  Task<CallEvent> place(CarrierAccount, PlaceRequest) override;
  Task<Result<std::vector<CarrierCall>>> find(CarrierAccount, std::string to, std::string from,
                                              Time since) override;
  Task<Result<std::optional<CarrierCall>>> fetch(CarrierAccount, std::string sid) override;
  Task<Result<void>> speak_anew(CarrierAccount, CallId, std::string sid) override;
  Task<Result<void>> end(CarrierAccount, std::string sid) override;
};

}  // namespace ringdown::test
