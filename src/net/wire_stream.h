// A Wire as Beast wants it. For websocket.cpp alone.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>
#include <memory>
#include <string>
#include <vector>

#include "net/wire.h"

namespace ringdown {

class WireStream {
 public:
  using executor_type = boost::asio::any_io_executor;

  // `arrived` is read before the wire is.
  WireStream(executor_type loop, std::shared_ptr<Wire> wire, std::string arrived)
      : loop_(std::move(loop)), wire_(std::move(wire)), arrived_(std::move(arrived)) {}

  executor_type get_executor() const { return loop_; }
  void close() { wire_->close(); }

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        [this](auto handler, std::span<char> space) {
          run(read(wire_, take_arrived(space), space), std::move(handler));
        },
        token, first_of(buffers));
  }

  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    std::vector<boost::asio::const_buffer> parts(boost::asio::buffer_sequence_begin(buffers),
                                                 boost::asio::buffer_sequence_end(buffers));
    return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        [this](auto handler, std::vector<boost::asio::const_buffer> all) {
          run(write(wire_, std::move(all)), std::move(handler));
        },
        token, std::move(parts));
  }

 private:
  using Bytes = boost::asio::awaitable<std::size_t>;

  template <class Buffers>
  static std::span<char> first_of(const Buffers& buffers) {
    for (auto at = boost::asio::buffer_sequence_begin(buffers);
         at != boost::asio::buffer_sequence_end(buffers); ++at) {
      const boost::asio::mutable_buffer one = *at;
      if (one.size() > 0) return {static_cast<char*>(one.data()), one.size()};
    }
    return {};
  }

  std::size_t take_arrived(std::span<char> space) {
    const std::size_t bytes = arrived_.copy(space.data(), space.size());
    arrived_.erase(0, bytes);
    return bytes;
  }

  static Bytes read(std::shared_ptr<Wire> wire, std::size_t taken, std::span<char> space) {
    co_return taken > 0 || space.empty() ? taken : co_await wire->read_some(space);
  }

  static Bytes write(std::shared_ptr<Wire> wire, std::vector<boost::asio::const_buffer> parts) {
    co_return co_await wire->write(parts) ? boost::asio::buffer_size(parts) : 0;
  }

  // Posted at the end: no handler may run before whoever started this has come back.
  template <class Handler>
  void run(Bytes work, Handler handler) {
    boost::asio::co_spawn(
        loop_, std::move(work),
        [loop = loop_, handler = std::move(handler)](std::exception_ptr broken, std::size_t bytes) mutable {
          boost::asio::post(loop,
                            [handler = std::move(handler), bytes, gone = broken || bytes == 0]() mutable {
                              handler(gone ? boost::asio::error::eof : boost::system::error_code{}, bytes);
                            });
        });
  }

  executor_type loop_;
  std::shared_ptr<Wire> wire_;
  std::string arrived_;
};

// What Beast does at the end of a connection: its owner reads the rest away.
inline void beast_close_socket(WireStream& stream) {
  stream.close();
}

inline void teardown(boost::beast::role_type, WireStream&, boost::system::error_code& error) {
  error = {};
}

template <class Handler>
void async_teardown(boost::beast::role_type, WireStream& stream, Handler&& handler) {
  boost::asio::post(stream.get_executor(), [handler = std::forward<Handler>(handler)]() mutable {
    handler(boost::system::error_code{});
  });
}

}  // namespace ringdown
