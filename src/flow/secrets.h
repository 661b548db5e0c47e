// The secrets of a workspace, from clear to sealed and back, and the walk that seals them all anew.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/access.h"
#include "ports/db.h"
#include "ports/vault.h"

namespace ringdown::flow {

// In a unit of the workspace. Sealed inside the unit, so that on SQLite a rotation finds what it did not seal
// itself.
void keep_secret(Tx&, const Vault&, Workspace, const std::string& name, const Secret&, Time now,
                 std::optional<UserId> by);

// The secret, or nothing while it is not set. For the edges that show it to its provider; no answer ever
// holds it.
Result<std::optional<Secret>> open_secret(Tx&, const Vault&, Workspace, const std::string& name);

struct Resealed {
  std::int64_t secrets = 0;           // sealed anew
  std::vector<std::string> problems;  // those that do not open any more
};

// Every secret of every workspace under the newest key, a bounded unit at a time, beside whatever else goes
// on. Killed midway, it is started again; what is sealed anew already is passed over.
Task<Resealed> reseal_all(Db&, const Vault&);

}  // namespace ringdown::flow
