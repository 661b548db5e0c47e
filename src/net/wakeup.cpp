#include "net/wakeup.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ringdown {

void Wakeup::wake() {
  woken_ = true;
  timer_.cancel();
}

// A timer that never ends by itself: unlike a handler kept here, it lets go of the coroutine when its loop
// ends.
boost::asio::awaitable<void> Wakeup::wait() {
  while (!woken_) {
    timer_.expires_at(boost::asio::steady_timer::time_point::max());
    co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  }
  woken_ = false;
}

}  // namespace ringdown
