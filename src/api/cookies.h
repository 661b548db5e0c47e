// The cookies of sign-in. Under TLS their names begin with __Host-, which no other host and no clear
// connection can set; without TLS, on loopback, they cannot.
#pragma once

#include <optional>
#include <string>

#include "net/http.h"

namespace ringdown {

inline constexpr std::string_view device_cookie = "ringdown_device";

std::optional<std::string> find_cookie(const RequestHead&, std::string_view name);

// One that scripts cannot read and that other sites' requests do not carry. `lasts` of zero takes it away.
Header cookie_header(const RequestHead&, std::string_view name, std::string_view value, Span lasts);

}  // namespace ringdown
