// Who is really asking, when proxies stand between: forwarding headers count only where a trusted proxy wrote
// them.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.h"

namespace ringdown {

class TrustedProxies {
 public:
  TrustedProxies() = default;  // trusts nobody

  // Addresses and networks: 10.0.0.7, 10.0.0.0/8, fd00::/8
  static Result<TrustedProxies> parse(std::span<const std::string> networks);

  bool contains(const boost::asio::ip::address&) const;
  bool empty() const { return v4_.empty() && v6_.empty(); }

 private:
  std::vector<boost::asio::ip::network_v4> v4_;
  std::vector<boost::asio::ip::network_v6> v6_;
};

struct Client {
  std::string address{};
  bool secure = false;

  bool operator==(const Client&) const = default;
};

// Reads X-Forwarded-For from the right, for as long as the one who wrote an entry is trusted. `tls` is about
// the connection itself; X-Forwarded-Proto overrules it when a trusted proxy asks.
Client client_behind(const TrustedProxies&, const boost::asio::ip::address& peer, bool tls, const Headers&);

// May the server listen there? In clear only on loopback, or behind a proxy that does TLS.
Result<void> may_listen(std::string_view address, bool tls, const TrustedProxies&);

// An address as one text whichever way it was written: ::ffff:127.0.0.1 is 127.0.0.1
boost::asio::ip::address plain_address(const boost::asio::ip::address&);

}  // namespace ringdown
