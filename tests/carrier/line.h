// The real adapter on a line to a twin, over sockets; a second of the twin's life takes a millisecond.
#pragma once

#include "carrier/twilio_rest.h"
#include "ports/await.h"
#include "sandbox/ledger.h"
#include "sandbox/twilio_twin.h"
#include "tests/carrier/product.h"

namespace ringdown::test {

inline const CarrierAccount some_account{Workspace{{*parse_uuid("019ac000-0000-7000-8000-000000000001")}},
                                         {*parse_uuid("019ac000-0000-7000-8000-0000000000aa")}};
inline const CallId some_call{*parse_uuid("019ac000-0000-7000-8000-00000000000c")};

class Line {
 public:
  explicit Line(sandbox::TwinOptions = {.speed = 1000, .calls_per_second = 1000});

  sandbox::TwilioTwin twin;
  Product product;
  twilio::Rest carrier;

  CallEvent place(std::string_view to) { return await(carrier.place(some_account, request(to))); }
  static PlaceRequest request(std::string_view to);

  twilio::Account account() const;
  Result<HttpAnswer> ask(HttpCall) const;  // the twin, past the adapter
  void tell_twin(std::string_view path, std::string form) const;
  std::vector<sandbox::Entry> ledger() const;
  int count(std::string_view what) const;  // of entries
};

}  // namespace ringdown::test
