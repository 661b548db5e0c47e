// Runs one task to its end on a loop of its own and hands over its answer: for commands and tests, which have nothing
// else to do meanwhile.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>

#include "ports/task.h"

namespace ringdown {

template <class T>
T await(Task<T> task) {
  boost::asio::io_context loop(1);
  std::exception_ptr problem;
  if constexpr (std::is_void_v<T>) {
    boost::asio::co_spawn(loop, std::move(task), [&](std::exception_ptr thrown) { problem = thrown; });
    loop.run();
    if (problem) std::rethrow_exception(problem);
  } else {
    std::optional<T> answer;
    boost::asio::co_spawn(
        loop, [&]() -> Task<void> { answer.emplace(co_await std::move(task)); },
        [&](std::exception_ptr thrown) { problem = thrown; });
    loop.run();
    if (problem) std::rethrow_exception(problem);
    return std::move(*answer);
  }
}

}  // namespace ringdown
