// Who does something to accounts, and when: what a unit of work needs to judge it and to write it down.
#pragma once

#include <optional>
#include <string>

#include "domain/access.h"
#include "ports/chance.h"
#include "ports/db.h"

namespace ringdown::flow {

struct Act {
  std::optional<UserId> user;          // nobody: the command line of the machine, which may do everything
  std::optional<Role> role;            // in the workspace that is meant
  std::string via;                     // session, key, token, sign-in, command-line
  std::optional<std::string> address;  // where the request came from
  Time now;
  Chance& chance;
};

Act act_of_command_line(Time now, Chance&);

// Writes a line of the audit trail; in a unit of the instance.
void note(Tx&, const Act&, std::optional<WorkspaceId>, std::string what,
          std::optional<std::string> target = {});

// The same in a unit of the workspace that it is about.
void note_here(Tx&, const Act&, std::string what, std::optional<std::string> target = {});

// The same in every workspace that the user belongs to, so that each can read it; without one, for the
// instance.
void note_for_user(Tx&, const Act&, UserId, const std::string& what);

}  // namespace ringdown::flow
