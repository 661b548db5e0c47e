// How calls go from state to state, and who is told: the product, the ledger, the recordings. On one loop.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <string>
#include <string_view>

#include "sandbox/call.h"
#include "sandbox/hooks.h"
#include "sandbox/ledger.h"
#include "sandbox/recordings.h"

namespace ringdown::sandbox {

struct CourseSetup {
  boost::asio::any_io_executor loop;
  std::string account_sid;
  double speed = 1;
};

class Course {
 public:
  Course(CourseSetup, Hooks&, Recordings&, Ledger&);

  boost::asio::awaitable<bool> let_pass(Call&, Span);  // false: it is to end, or to follow another script
  boost::asio::awaitable<void> sleep_until(Call&, SteadyTime) const;  // or until somebody wakes it

  void begin(Call&);
  void ring(Call&);
  void answer(Call&);
  void end(Call&, Status, int sip_code);

  void report(Call&, std::string_view event, std::string_view status);
  void note(const Call&, std::string_view what, std::string detail = {}) const;
  Pairs about(const Call&, std::string_view status) const;  // the fields of whatever is asked or told

  Span scaled(Span span) const { return std::chrono::round<Span>(span / setup_.speed); }
  Span until(SteadyTime) const;       // as callees count
  int seconds_of(const Call&) const;  // since it was answered, as callees count
  const std::string& account_sid() const { return setup_.account_sid; }

 private:
  CourseSetup setup_;
  Hooks& hooks_;
  Recordings& recordings_;
  Ledger& ledger_;
};

}  // namespace ringdown::sandbox
