// The addresses of ours that Twilio is told, and the names that come back in them.
#pragma once

#include <string>
#include <string_view>

#include "domain/call.h"
#include "domain/workspace.h"

namespace ringdown::twilio {

enum class Hook { status, amd };
BOOST_DESCRIBE_ENUM(Hook, status, amd)

// Which call of whose a callback is about. Whoever asks for one signs them with the rest of the address.
struct Subject {
  CallId call;
  Workspace workspace;
};

std::string hook_path(Hook);
std::string hook_url(std::string_view public_url, Hook, const Subject&);
std::string script_url(std::string_view public_url, const Subject&);  // what to say when the call is answered

}  // namespace ringdown::twilio
