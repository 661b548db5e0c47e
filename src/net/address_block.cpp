#include "net/address_block.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "net/proxies.h"

namespace ringdown {

std::string address_block(std::string_view text) {
  boost::system::error_code error;
  const auto parsed = boost::asio::ip::make_address(text, error);
  if (error) return std::string(text);

  const auto address = plain_address(parsed);
  if (address.is_v4()) return address.to_string();
  auto bytes = address.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return boost::asio::ip::address_v6(bytes).to_string() + "/64";
}

}  // namespace ringdown
