// Lets a task run beside whoever starts it, on the same loop. It must catch what it throws.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include "ports/task.h"

namespace ringdown {

inline Task<void> start(Task<void> task) {
  boost::asio::co_spawn(co_await boost::asio::this_coro::executor, std::move(task), boost::asio::detached);
}

}  // namespace ringdown
