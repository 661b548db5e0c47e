// assets/common_passwords.txt, inside the program, so that it is there wherever the program is.
#pragma once

#include <string_view>

namespace ringdown {

std::string_view common_passwords();

}  // namespace ringdown
