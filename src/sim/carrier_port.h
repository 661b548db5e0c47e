// One node's way to the carrier: the port that the engine sees, with the deadlines of an edge.
#pragma once

#include <functional>

#include "sim/carrier_model.h"
#include "sim/fate.h"
#include "sim/virtual_clock.h"

namespace ringdown::sim {

class CarrierPort : public Carrier {
 public:
  struct Way {
    CarrierModel& model;
    Timeline& timeline;
    Fate& fate;
    const VirtualClock& clock;
    NodeId node;
    std::function<void()> die;
  };
  explicit CarrierPort(Way way) : way_(std::move(way)) {}

  Task<CallEvent> place(CarrierAccount, PlaceRequest) override;
  Task<Result<std::vector<CarrierCall>>> find(CarrierAccount, std::string to, std::string from,
                                              Time since) override;
  Task<Result<std::optional<CarrierCall>>> fetch(CarrierAccount, std::string sid) override;
  Task<Result<void>> speak_anew(CarrierAccount, CallId, std::string sid) override;
  Task<Result<void>> end(CarrierAccount, std::string sid) override;

 private:
  Task<void> travel() { return way_.timeline.pause(100ms, way_.node); }
  Task<void> die_here();

  Way way_;
};

}  // namespace ringdown::sim
