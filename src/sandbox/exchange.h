// The exchange: carries each call of the twin from its line to its end. Everything happens on one loop.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>

#include "sandbox/callees.h"
#include "sandbox/calls.h"
#include "sandbox/script_run.h"

namespace ringdown::sandbox {

struct ExchangeSetup {
  boost::asio::any_io_executor loop;
  double speed = 1;
  double calls_per_second = 1;
};

class Exchange {
 public:
  Exchange(ExchangeSetup, const Callees&, Calls&, Course&, Talk&, Hooks&, Conferences&, Recordings&,
           Streams&);

  CallPtr call_out(CallPlan);
  CallPtr call_in(CallPlan);  // somebody calls the account

 private:
  CallPtr dial(CallPlan, std::shared_ptr<Bridge>);
  Span take_place_in_line();

  boost::asio::awaitable<void> carry(CallPtr);
  boost::asio::awaitable<void> carry_child(CallPtr, std::shared_ptr<Bridge>);
  boost::asio::awaitable<void> take_in(CallPtr);
  boost::asio::awaitable<bool> reach(Call&, const Callee&);
  boost::asio::awaitable<bool> let_ring(Call&, const Callee&);
  boost::asio::awaitable<void> talk(CallPtr, Callee);
  boost::asio::awaitable<void> detect(CallPtr, Callee);
  boost::asio::awaitable<void> classify(Call&, const Callee&);

  ExchangeSetup setup_;
  const Callees& callees_;
  Calls& calls_;
  Course& course_;
  Talk& talk_;
  Hooks& hooks_;
  Stage stage_;
  SteadyTime line_end_{};
};

}  // namespace ringdown::sandbox
