#include "net/wire.h"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace ringdown {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto outcome = asio::as_tuple(asio::use_awaitable);

asio::awaitable<void> finish_socket(tcp::socket& socket, std::size_t bytes_max) {
  boost::system::error_code failed;
  socket.shutdown(tcp::socket::shutdown_send, failed);
  if (failed) co_return;

  std::array<char, 4096> dropped;
  for (std::size_t total = 0; total < bytes_max;) {
    const auto [error, bytes] = co_await socket.async_read_some(asio::buffer(dropped), outcome);
    if (error) co_return;
    total += bytes;
  }
}

class PlainWire : public Wire {
 public:
  explicit PlainWire(tcp::socket socket) : socket_(std::move(socket)) {}

  asio::awaitable<bool> handshake() override { co_return true; }

  asio::awaitable<std::size_t> read_some(std::span<char> space) override {
    const auto [error, bytes] =
        co_await socket_.async_read_some(asio::buffer(space.data(), space.size()), outcome);
    co_return error ? 0 : bytes;
  }

  asio::awaitable<bool> write(std::span<const asio::const_buffer> buffers) override {
    const auto [error, bytes] = co_await asio::async_write(socket_, buffers, outcome);
    co_return !error;
  }

  asio::awaitable<void> finish(std::size_t bytes_max) override { co_await finish_socket(socket_, bytes_max); }

  bool secure() const override { return false; }

  void cancel() override {
    boost::system::error_code ignored;
    socket_.cancel(ignored);
  }

  void close() override {
    boost::system::error_code ignored;
    socket_.close(ignored);
  }

 private:
  tcp::socket socket_;
};

class TlsWire : public Wire {
 public:
  TlsWire(tcp::socket socket, std::shared_ptr<asio::ssl::context> context,
          asio::ssl::stream_base::handshake_type side)
      : context_(std::move(context)), stream_(std::move(socket), *context_), side_(side) {}

  void trust_only(const std::string& host) {
    stream_.set_verify_callback(asio::ssl::host_name_verification(host));
    SSL_set_tlsext_host_name(stream_.native_handle(), host.c_str());
  }

  asio::awaitable<bool> handshake() override {
    const auto [error] = co_await stream_.async_handshake(side_, outcome);
    co_return !error;
  }

  asio::awaitable<std::size_t> read_some(std::span<char> space) override {
    const auto [error, bytes] =
        co_await stream_.async_read_some(asio::buffer(space.data(), space.size()), outcome);
    co_return error ? 0 : bytes;
  }

  asio::awaitable<bool> write(std::span<const asio::const_buffer> buffers) override {
    const auto [error, bytes] = co_await asio::async_write(stream_, buffers, outcome);
    co_return !error;
  }

  asio::awaitable<void> finish(std::size_t bytes_max) override {
    const auto [error] = co_await stream_.async_shutdown(outcome);
    if (error == asio::error::operation_aborted) co_return;
    co_await finish_socket(stream_.next_layer(), bytes_max);
  }

  bool secure() const override { return true; }

  void cancel() override {
    boost::system::error_code ignored;
    stream_.next_layer().cancel(ignored);
  }

  void close() override {
    boost::system::error_code ignored;
    stream_.next_layer().close(ignored);
  }

 private:
  std::shared_ptr<asio::ssl::context> context_;
  asio::ssl::stream<tcp::socket> stream_;
  asio::ssl::stream_base::handshake_type side_;
};

}  // namespace

std::unique_ptr<Wire> plain_wire(tcp::socket socket) {
  return std::make_unique<PlainWire>(std::move(socket));
}

std::unique_ptr<Wire> tls_wire(tcp::socket socket, std::shared_ptr<asio::ssl::context> context) {
  return std::make_unique<TlsWire>(std::move(socket), std::move(context), asio::ssl::stream_base::server);
}

std::unique_ptr<Wire> tls_client_wire(tcp::socket socket, std::shared_ptr<asio::ssl::context> context,
                                      const std::string& host) {
  auto wire =
      std::make_unique<TlsWire>(std::move(socket), std::move(context), asio::ssl::stream_base::client);
  wire->trust_only(host);
  return wire;
}

}  // namespace ringdown
