// One coroutine waits, others on its loop wake it. A wake-up that comes before the wait is kept, several are
// one.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace ringdown {

class Wakeup {
 public:
  explicit Wakeup(const boost::asio::any_io_executor& loop) : timer_(loop) {}

  void wake();
  boost::asio::awaitable<void> wait();

 private:
  boost::asio::steady_timer timer_;
  bool woken_ = false;
};

}  // namespace ringdown
