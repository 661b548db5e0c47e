// All calls that the twin knows, in the order they were made. On one loop.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <deque>
#include <map>
#include <string>

#include "sandbox/call.h"
#include "sandbox/chance.h"
#include "sandbox/ledger.h"

namespace ringdown::sandbox {

class Calls {
 public:
  Calls(boost::asio::any_io_executor loop, std::uint64_t seed, Ledger&);

  CallPtr enter(CallPlan);
  CallPtr find(const std::string& sid) const;  // or null
  void erase(const std::string& sid);
  const std::deque<CallPtr>& all() const { return calls_; }

 private:
  void forget_the_oldest();

  boost::asio::any_io_executor loop_;
  Chance sids_;
  Ledger& ledger_;
  std::deque<CallPtr> calls_;
  std::map<std::string, CallPtr, std::less<>> by_sid_;
};

}  // namespace ringdown::sandbox
