#include "net/address_block.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("an IPv4 address stands for itself, however it is written") {
  CHECK(address_block("192.0.2.7") == "192.0.2.7");
  CHECK(address_block("::ffff:192.0.2.7") == "192.0.2.7");
}

TEST_CASE("the addresses of one IPv6 household are one block") {
  CHECK(address_block("2001:db8:1:2::7") == "2001:db8:1:2::/64");
  CHECK(address_block("2001:db8:1:2:aaaa:bbbb:cccc:dddd") == "2001:db8:1:2::/64");
  CHECK(address_block("2001:db8:1:3::7") != address_block("2001:db8:1:2::7"));
}
