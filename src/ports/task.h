// The one Asio header the core sees. A Task is a coroutine that starts when it is awaited.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace ringdown {

template <class T>
using Task = boost::asio::awaitable<T>;

}  // namespace ringdown
