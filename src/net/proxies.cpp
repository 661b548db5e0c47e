#include "net/proxies.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "net/url.h"

namespace ringdown {
namespace {

namespace ip = boost::asio::ip;

std::optional<ip::address> parse_address(std::string_view text) {
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  return plain_address(address);
}

// An entry of X-Forwarded-For: an address, by some proxies with a port.
std::optional<ip::address> parse_hop(std::string_view text) {
  if (const auto address = parse_address(text)) return address;
  if (text.starts_with('[') && text.ends_with(']')) return parse_address(text.substr(1, text.size() - 2));
  if (const auto with_port = parse_host_port(text)) return parse_address(with_port->host);
  return std::nullopt;
}

std::vector<std::string_view> entries(const Headers& headers, std::string_view name) {
  std::vector<std::string_view> all;
  for (std::string_view value : headers.all(name)) {
    for (std::string_view entry : split(value, ',')) all.push_back(trimmed(entry));
  }
  return all;
}

}  // namespace

ip::address plain_address(const ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  }
  return address;
}

Result<TrustedProxies> TrustedProxies::parse(std::span<const std::string> networks) {
  TrustedProxies proxies;
  for (const std::string& text : networks) {
    boost::system::error_code not_v4;
    boost::system::error_code not_v6;
    const bool single = !text.contains('/');
    const auto v4 = ip::make_network_v4(single ? text + "/32" : text, not_v4);
    const auto v6 = ip::make_network_v6(single ? text + "/128" : text, not_v6);
    if (not_v4 && not_v6) {
      return fail(Reason::invalid, "trusted proxy '" + text + "' is no address; write 10.0.0.7 or 10.0.0.0/8",
                  "trusted_proxies");
    }
    if (!not_v4) proxies.v4_.push_back(v4.canonical());
    if (!not_v6) proxies.v6_.push_back(v6.canonical());
  }
  return proxies;
}

bool TrustedProxies::contains(const ip::address& address) const {
  if (address.is_v4()) {
    return std::ranges::any_of(v4_, [host = address.to_v4()](const ip::network_v4& network) {
      return ip::network_v4(host, network.prefix_length()).canonical() == network;
    });
  }
  return std::ranges::any_of(v6_, [host = address.to_v6()](const ip::network_v6& network) {
    return ip::network_v6(host, network.prefix_length()).canonical() == network;
  });
}

Client client_behind(const TrustedProxies& proxies, const ip::address& peer, bool tls,
                     const Headers& headers) {
  ip::address client = plain_address(peer);
  if (!proxies.contains(client)) return {client.to_string(), tls};

  const auto hops = entries(headers, "x-forwarded-for");
  for (auto hop = hops.rbegin(); hop != hops.rend() && proxies.contains(client); ++hop) {
    const auto address = parse_hop(*hop);
    if (!address) break;
    client = *address;
  }
  const auto schemes = entries(headers, "x-forwarded-proto");
  return {client.to_string(), schemes.empty() ? tls : same_word(schemes.back(), "https")};
}

Result<void> may_listen(std::string_view address, bool tls, const TrustedProxies& proxies) {
  const auto end = parse_host_port(address);
  const auto host = end ? parse_address(end->host == "localhost" ? "127.0.0.1" : end->host) : std::nullopt;
  if (!host) {
    return fail(Reason::invalid,
                "cannot listen on '" + std::string(address) + "'; write 127.0.0.1:8080 or [::1]:8080",
                "listen");
  }
  if (tls || host->is_loopback() || !proxies.empty()) return {};
  return fail(
      Reason::invalid,
      "listening on " + std::string(address) +
          " in clear would send passwords over the network; set a TLS certificate and key, name the trusted "
          "proxies that stand before it, or listen on 127.0.0.1",
      "listen");
}

}  // namespace ringdown
