// What browsers are told and what is asked of them: security headers, other origins (CORS), and requests that
// another site makes with somebody's cookie (CSRF).
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "domain/access.h"
#include "net/http.h"

namespace ringdown {

// Headers that the handler has set stay as they are.
void add_security_headers(Response&, const RequestHead&);

bool is_listed_origin(std::string_view origin, std::span<const std::string> origins);

// Lets scripts of a listed origin read the answer. Cookies are never theirs: other sites use keys or tokens.
void add_cors(Response&, const RequestHead&, std::span<const std::string> origins);

bool is_preflight(const RequestHead&);
Response answer_preflight(const RequestHead&, std::span<const std::string> origins,
                          std::string_view allowed_verbs);

// An unsafe request that rides on a cookie must come from our own pages.
Result<void> refuse_forged(const RequestHead&, const std::optional<Caller>&, std::string_view public_url);

}  // namespace ringdown
