// The addresses that one client can choose from: limits per address count them as one.
#pragma once

#include <string>
#include <string_view>

namespace ringdown {

// An IPv4 address itself; of an IPv6 address the /64, within which every household may pick as it likes.
std::string address_block(std::string_view address);

}  // namespace ringdown
