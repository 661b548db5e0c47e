// The addresses of ours that Twilio is told, and the names that come back in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/call.h"
#include "domain/workspace.h"

namespace ringdown::twilio {

// `notice` and `message`: the script, asked for again once these were heard. `key`: the same once keys were
// pressed.
// `inbound`: what to say to somebody who called us.
enum class Hook { status, amd, recording, stream, script, notice, message, key, inbound };

// Which call of whose a callback is about. Whoever asks for one signs them with the rest of the address.
struct Subject {
  CallId call;
  Workspace workspace;
};

std::string hook_url(std::string_view public_url, Hook, const Subject&);

// The same for whoever calls a number of ours: people write it into Twilio's console, so it has no fragment.
std::string number_url(std::string_view public_url, Hook, Workspace);

struct HookTarget {
  Hook hook;
  Workspace workspace;
  std::optional<CallId> call;  // none where it came in: such a call has only Twilio's name
};

// Nothing where it is none of these.
std::optional<HookTarget> parse_hook(std::string_view target);

}  // namespace ringdown::twilio
