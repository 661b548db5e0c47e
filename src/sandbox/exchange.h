// The exchange: carries each call of the twin from its line to its end and tells the product on the way.
// Everything happens on one loop.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "sandbox/call.h"
#include "sandbox/callees.h"
#include "sandbox/hooks.h"
#include "sandbox/ledger.h"
#include "sandbox/recordings.h"
#include "sandbox/script.h"

namespace ringdown::sandbox {

using CallPtr = std::shared_ptr<Call>;

struct ExchangeSetup {
  boost::asio::any_io_executor loop;
  std::string account_sid;
  double speed = 1;
  double calls_per_second = 1;
};

class Exchange {
 public:
  Exchange(ExchangeSetup, const Callees&, Hooks&, Recordings&, Ledger&);

  // How long a call made now waits until it is dialed, at the twin's speed; takes its place in line.
  Span take_place_in_line();

  boost::asio::awaitable<void> carry(CallPtr);
  boost::asio::awaitable<void> take_in(CallPtr);  // one that somebody makes to the account

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;

  boost::asio::awaitable<bool> let_pass(Call&, Span);  // false: it is to end
  boost::asio::awaitable<bool> let_ring(Call&, const Callee&);
  boost::asio::awaitable<void> talk(CallPtr, Callee);
  boost::asio::awaitable<void> detect(CallPtr, Callee);
  boost::asio::awaitable<void> classify(Call&, const Callee&);
  boost::asio::awaitable<void> follow_script(Call&, const Callee&, SteadyTime end);
  boost::asio::awaitable<std::string> fetch(Call&);

  static void go_on_at(Call&, const Target&);
  void answer(Call&);
  void end(Call&, Status, int sip_code);
  void report(Call&, std::string_view event, std::string_view status);
  void note(const Call&, std::string_view what, std::string detail = {}) const;
  Pairs about(const Call&, std::string_view status) const;
  Span scaled(Span span) const { return std::chrono::round<Span>(span / setup_.speed); }

  ExchangeSetup setup_;
  const Callees& callees_;
  Hooks& hooks_;
  Recordings& recordings_;
  Ledger& ledger_;
  SteadyTime line_end_{};
};

}  // namespace ringdown::sandbox
