// E-mail addresses as accounts know them.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace ringdown {

// Without blanks around it and in lower case, so that one person is one account; refused where it is no
// address.
Result<std::string> normalised_email(std::string_view);

}  // namespace ringdown
