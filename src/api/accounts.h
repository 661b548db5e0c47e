// The routes about people, and what they share.
#pragma once

#include "api/route.h"

namespace ringdown {

extern const RouteTable auth_routes;
extern const RouteTable totp_routes;
extern const RouteTable key_routes;
extern const RouteTable workspace_routes;
extern const RouteTable member_routes;
extern const RouteTable audit_routes;

// Is it the password of whoever is signed in? Answers the stored hash that it fits.
Task<Result<std::string>> confirm_password(Asked&, std::string password, std::string field);

}  // namespace ringdown
