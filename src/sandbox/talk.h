// What is said on a call, by who was called and by the script: told in the ledger, kept for recordings. On
// the loop of the calls.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "sandbox/call.h"
#include "sandbox/callees.h"
#include "sandbox/ledger.h"
#include "sandbox/script.h"

namespace ringdown::sandbox {

class Talk {
 public:
  Talk(double speed, Ledger& ledger) : speed_(speed), ledger_(ledger) {}

  // The callee's side from the answer on: greets, and says goodbye when patience ends.
  boost::asio::awaitable<void> greet(std::shared_ptr<Call>, Callee);
  static std::optional<Span> time_of(const Callee&);  // from the answer until they hang up, if they do

  // The script's side, and what the callee says to it.
  void begin(Call&, const Sound&);
  void break_off(Call&) const;
  void reply(Call&, const Callee&, const Sound&);
  static std::optional<char> key_on(const Callee&, const Sound&);  // that they press now, if any
  void press(Call&, const std::string& keys);

 private:
  boost::asio::awaitable<bool> wait_until(Call&, Span at) const;  // false: the call is over
  void say(Call&, const Persona&, const std::string& text);
  Span on_line(const Call&) const;
  void note(const Call&, std::string_view what, std::string detail = {});

  double speed_;
  Ledger& ledger_;
};

}  // namespace ringdown::sandbox
