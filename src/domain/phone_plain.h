// The quick way for the plain forms of +1 numbers: ten digits after an optional 1 or +1, with nothing but
// spaces, dots, dashes and brackets between them. Answers only where libphonenumber would give the same
// answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ringdown {

std::optional<std::string> plain_north_american(std::string_view text, std::string_view region);

}  // namespace ringdown
