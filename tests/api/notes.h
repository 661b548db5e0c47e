// A small resource that exists in tests only: one route for everything a route can be, and people by what
// they send.
#pragma once

#include "tests/support/api_client.h"

namespace ringdown::test {

extern const RouteTable note_routes;

RouterHooks note_hooks();
ApiServer note_server(ApiConfig config = {});

// A bearer token names its holder; at home they have a cookie instead, as in a browser.
Person somebody(std::string name);
Person key_with(std::string scopes);
Person at_home(std::string name);

inline const std::string note_id = "01a1fb9f-ae64-7243-b5dc-959cfc80a6e9";

}  // namespace ringdown::test
