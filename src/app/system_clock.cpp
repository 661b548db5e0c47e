#include "app/system_clock.h"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ringdown {
namespace {

constexpr Span look_again_after = 10s;  // at the wall clock, which may have been set forward

}  // namespace

Time SystemClock::now() const {
  return std::chrono::floor<Span>(std::chrono::system_clock::now());
}

Span SystemClock::monotonic() const {
  return std::chrono::floor<Span>(std::chrono::steady_clock::now().time_since_epoch());
}

Task<void> SystemClock::sleep_until(Time time) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  const Span until = monotonic() + (time - now());
  while (now() < time && monotonic() < until) {
    timer.expires_after(std::min({time - now(), until - monotonic(), look_again_after}));
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

}  // namespace ringdown
