#include "net/proxies.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

TrustedProxies trusting(std::vector<std::string> networks) {
  return TrustedProxies::parse(networks).value();
}

Client seen(const TrustedProxies& proxies, const char* peer, const Headers& headers) {
  return client_behind(proxies, boost::asio::ip::make_address(peer), false, headers);
}

}  // namespace

TEST_CASE("without a trusted proxy a forwarded address has no effect") {
  const Headers spoofed{{"X-Forwarded-For", "198.51.100.1"}, {"X-Forwarded-Proto", "https"}};

  CHECK(seen({}, "203.0.113.5", spoofed) == Client{"203.0.113.5", false});
  CHECK(seen(trusting({"10.0.0.0/8"}), "203.0.113.5", spoofed) == Client{"203.0.113.5", false});
}

TEST_CASE("a trusted proxy tells who asks, and whether over TLS") {
  const auto proxies = trusting({"10.0.0.0/8", "fd00::/8"});

  CHECK(seen(proxies, "10.1.2.3", {{"X-Forwarded-For", "198.51.100.1"}, {"X-Forwarded-Proto", "HTTPS"}}) ==
        Client{"198.51.100.1", true});
  CHECK(seen(proxies, "fd00::7", {{"X-Forwarded-For", "2001:db8::1"}}) == Client{"2001:db8::1", false});
  CHECK(seen(proxies, "::ffff:10.1.2.3", {{"X-Forwarded-For", "198.51.100.1"}}) ==
        Client{"198.51.100.1", false});
  CHECK(seen(proxies, "10.1.2.3", {}) == Client{"10.1.2.3", false});
}

TEST_CASE("only what trusted proxies wrote counts: the list is read from the right") {
  const auto proxies = trusting({"10.0.0.0/8"});

  CHECK(seen(proxies, "10.0.0.1", {{"X-Forwarded-For", "192.0.2.9, 198.51.100.1, 10.0.0.2"}}) ==
        Client{"198.51.100.1", false});
  CHECK(seen(proxies, "10.0.0.1", {{"X-Forwarded-For", "192.0.2.9"}, {"X-Forwarded-For", "198.51.100.1"}}) ==
        Client{"198.51.100.1", false});
  CHECK(seen(proxies, "10.0.0.1", {{"X-Forwarded-Proto", "https, http"}}) == Client{"10.0.0.1", false});
}

TEST_CASE("an entry that is no address ends the reading at the proxy that wrote it") {
  const auto proxies = trusting({"10.0.0.0/8"});

  CHECK(seen(proxies, "10.0.0.1", {{"X-Forwarded-For", "198.51.100.1, unknown, 10.0.0.2"}}) ==
        Client{"10.0.0.2", false});
  CHECK(seen(proxies, "10.0.0.1", {{"X-Forwarded-For", "198.51.100.1:4711"}}) ==
        Client{"198.51.100.1", false});
  CHECK(seen(proxies, "10.0.0.1", {{"X-Forwarded-For", "[2001:db8::1]:4711"}}) ==
        Client{"2001:db8::1", false});
}

TEST_CASE("a trusted proxy that is no address is refused by name") {
  const auto refused = TrustedProxies::parse(std::vector<std::string>{"10.0.0.0/8", "proxy.example"});

  REQUIRE_FALSE(refused);
  CHECK(refused.error().text.contains("'proxy.example'"));
  CHECK_FALSE(TrustedProxies::parse(std::vector<std::string>{"10.0.0.0/33"}));
}

TEST_CASE("in clear the server listens on loopback only, unless a proxy stands before it") {
  CHECK(may_listen("127.0.0.1:8080", false, {}));
  CHECK(may_listen("[::1]:8080", false, {}));
  CHECK(may_listen("localhost:8080", false, {}));
  CHECK(may_listen("0.0.0.0:8080", true, {}));
  CHECK(may_listen("0.0.0.0:8080", false, trusting({"10.0.0.1"})));
  CHECK_FALSE(may_listen("a.example:8080", true, {}));

  const auto refused = may_listen("0.0.0.0:8080", false, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().text.contains("TLS certificate"));
}
