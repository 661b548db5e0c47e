// The state a US ZIP code lies in, by its first three digits.
#pragma once

#include <string_view>

namespace ringdown {

// "TX" for 75201 and 75201-1234; empty for military codes, what is not in use, and what is no ZIP code.
std::string_view state_of_zip(std::string_view postal_code);

}  // namespace ringdown
