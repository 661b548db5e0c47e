#include "app/system_clock.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ringdown {

Time SystemClock::now() const {
  return std::chrono::floor<Span>(std::chrono::system_clock::now());
}

Span SystemClock::monotonic() const {
  return std::chrono::duration_cast<Span>(std::chrono::steady_clock::now().time_since_epoch());
}

Task<void> SystemClock::sleep_until(Time time) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time - now());
  co_await timer.async_wait(boost::asio::use_awaitable);
}

}  // namespace ringdown
