#include "tests/support/hand_carrier.h"

namespace ringdown::test {

Task<CallEvent> HandCarrier::place(CarrierAccount, PlaceRequest request) {
  requests.push_back(request);
  if (on_place) co_return on_place(request);
  co_return Placed{"CA" + std::to_string(requests.size())};
}

// It lists nothing: what it took, the product knows by its sid.
Task<Result<std::vector<CarrierCall>>> HandCarrier::find(CarrierAccount, std::string, std::string, Time) {
  co_return std::vector<CarrierCall>{};
}

Task<Result<std::optional<CarrierCall>>> HandCarrier::fetch(CarrierAccount, std::string sid) {
  const auto call = known.find(sid);
  co_return call == known.end() ? std::nullopt : std::optional(call->second);
}

Task<Result<void>> HandCarrier::speak_anew(CarrierAccount, CallId, std::string sid) {
  told_anew.push_back(sid);
  co_return Result<void>{};
}

Task<Result<void>> HandCarrier::end(CarrierAccount, std::string sid) {
  ended.push_back(sid);
  co_return Result<void>{};
}

}  // namespace ringdown::test
