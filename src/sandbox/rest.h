// The twin's REST: Twilio's calls, and below /twin what only a twin has (its ledger, its mishaps, its
// callees). On one loop.
#pragma once

#include <deque>
#include <map>
#include <string>

#include "net/http.h"
#include "sandbox/exchange.h"
#include "sandbox/fields.h"
#include "sandbox/recording_rest.h"
#include "sandbox/resource.h"

namespace ringdown::sandbox {

struct Credentials {
  std::string account_sid;
  std::string token;
};

class Rest {
 public:
  Rest(boost::asio::any_io_executor loop, Credentials, std::uint64_t seed, double speed, Exchange&,
       Recordings&, Callees&, Mishaps&, Ledger&);

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
  CallPtr make(CallPlan);
  CallPtr enter(CallPlan);
  CallPtr call(const std::string& sid) const;
  void forget_the_oldest();

  boost::asio::any_io_executor loop_;
  Credentials credentials_;
  Chance sids_;
  double speed_;
  Exchange& exchange_;
  RecordingRest recordings_;
  Callees& callees_;
  Mishaps& mishaps_;
  Ledger& ledger_;
  std::deque<CallPtr> calls_;  // in the order they were made
  std::map<std::string, CallPtr, std::less<>> by_sid_;
};

}  // namespace ringdown::sandbox
