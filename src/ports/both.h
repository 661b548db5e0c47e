// Two tasks side by side, on the loop of whoever awaits them. Both run to their end, whatever becomes of the
// other; then the first one's breakage is thrown, else the second's.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "ports/task.h"

namespace ringdown {

template <class A, class B>
Task<std::pair<A, B>> both(Task<A> first, Task<B> second) {
  const auto here = co_await boost::asio::this_coro::executor;
  auto group = boost::asio::experimental::make_parallel_group(
      boost::asio::co_spawn(here, std::move(first), boost::asio::deferred),
      boost::asio::co_spawn(here, std::move(second), boost::asio::deferred));
  auto [order, broke_first, a, broke_second, b] =
      co_await group.async_wait(boost::asio::experimental::wait_for_all(), boost::asio::use_awaitable);
  if (broke_first) std::rethrow_exception(broke_first);
  if (broke_second) std::rethrow_exception(broke_second);
  co_return std::pair<A, B>(std::move(a), std::move(b));
}

}  // namespace ringdown
