// The twin's REST: Twilio's calls, and below /twin what only a twin has (its ledger, its mishaps, its
// callees). On one loop.
#pragma once

#include <string>

#include "net/http.h"
#include "sandbox/calls.h"
#include "sandbox/exchange.h"
#include "sandbox/fields.h"
#include "sandbox/mishaps.h"
#include "sandbox/recording_rest.h"
#include "sandbox/resource.h"

namespace ringdown::sandbox {

struct Credentials {
  std::string account_sid;
  std::string token;
};

class Rest {
 public:
  Rest(boost::asio::any_io_executor loop, Credentials, double speed, Calls&, Exchange&, Recordings&,
       Speakers&, Callees&, Mishaps&, Ledger&);

  boost::asio::awaitable<Response> answer(Request&);

 private:
  boost::asio::awaitable<Response> answer_signed_in(const Request&);
  boost::asio::awaitable<Response> create(const Request&);
  Response list(const Request&) const;
  Response update(const Request&, const std::string& sid);
  Response erase(const std::string& sid);
  Response twin(const Request&);
  Response call_in(const QueryPairs& fields);

  bool is_signed_in(const Request&) const;
  bool set_callee(const QueryPairs& fields);

  boost::asio::any_io_executor loop_;
  Credentials credentials_;
  double speed_;
  Calls& calls_;
  Exchange& exchange_;
  RecordingRest recordings_;
  Callees& callees_;
  Mishaps& mishaps_;
  Ledger& ledger_;
};

}  // namespace ringdown::sandbox
