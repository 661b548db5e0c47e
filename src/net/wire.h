// One accepted connection's bytes, in clear or under TLS. One reader and one writer at a time; everything
// happens on the loop of its socket.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace boost::asio::ssl {
class context;
}

namespace ringdown {

class Wire {
 public:
  virtual ~Wire() = default;

  virtual boost::asio::awaitable<bool> handshake() = 0;
  virtual boost::asio::awaitable<std::size_t> read_some(std::span<char>) = 0;  // 0: nothing more will come
  virtual boost::asio::awaitable<bool> write(std::span<const boost::asio::const_buffer>) = 0;  // all of it

  // Ends our side and reads the peer's rest away, at most so much, so that it gets to read our last answer:
  // closing with unread bytes would reset the connection under it.
  virtual boost::asio::awaitable<void> finish(std::size_t bytes_max) = 0;

  virtual bool secure() const = 0;
  virtual void cancel() = 0;  // whoever reads or writes comes back empty-handed
  virtual void close() = 0;
};

std::unique_ptr<Wire> plain_wire(boost::asio::ip::tcp::socket);
std::unique_ptr<Wire> tls_wire(boost::asio::ip::tcp::socket, std::shared_ptr<boost::asio::ssl::context>);

// Whose handshake is the client's, and which trusts the host named so alone.
std::unique_ptr<Wire> tls_client_wire(boost::asio::ip::tcp::socket,
                                      std::shared_ptr<boost::asio::ssl::context>, const std::string& host);

}  // namespace ringdown
