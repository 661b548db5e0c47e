// Who asks: the session of a browser's cookie, an API key, or another issuer's token; and in which of their
// workspaces. Tokens of sessions, devices and keys are 256 random bits, and the store knows their hashes
// only.
#pragma once

#include <optional>
#include <string>

#include "api/route.h"
#include "api/router.h"
#include "flow/accounts.h"
#include "flow/sessions.h"

namespace ringdown {

inline constexpr std::string_view key_prefix = "rd_";

// For RouterHooks: nothing where nobody is signed in, a failure where X-Workspace names none of theirs.
Task<Result<std::optional<Caller>>> identify(Request&, Api&);
RouterHooks account_hooks();

Bytes hash_of_secret(std::string_view token);

// By whom an account's unit of work is done.
flow::Act act_of(const Asked&, Time now);
flow::Act act_of_stranger(const Asked&, Time now);

// A session on its way to the store, and to the browser.
struct FreshSession {
  std::string token;
  std::string device_token;
  flow::NewSession record;
};
FreshSession fresh_session(const Request&, std::optional<Bytes> known_device);
void hand_over(Asked&, const FreshSession&);  // as cookies
void take_session_back(Asked&);

// What somebody is told about themselves when they come in.
struct Myself {
  UserId id;
  std::string email;
  std::string name;
  bool second_factor;
};
BOOST_DESCRIBE_STRUCT(Myself, (), (id, email, name, second_factor))

struct Me {
  Myself user;
  std::vector<store::WorkspaceOfUser> workspaces;
  std::optional<WorkspaceId> workspace;  // the one in hand
};
BOOST_DESCRIBE_STRUCT(Me, (), (user, workspaces, workspace))

Me tell_me(Tx&, UserId, std::optional<WorkspaceId> in_hand);

}  // namespace ringdown
