// Who may do a thing now, over all nodes: leases with a fence, limits per window, and where work is due. All
// of it belongs to the instance.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ports/db.h"

namespace ringdown::store {

// What a lease's holder shows with everything it writes: an older fence has lost.
struct Lease {
  std::string name;
  Uuid holder;
  std::int64_t fence;
};

// A free or lapsed lease, or one's own for longer; nothing while somebody else holds it.
std::optional<Lease> take_lease(Tx&, const std::string& name, const Uuid& holder, Time now, Time until);
bool release_lease(Tx&, const Lease&, Time now);  // false when it has passed on

// Asked in the unit that writes what only the holder may: while true, nobody else gets the lease before its
// COMMIT.
bool holds_lease(Tx&, const Lease&, Time now);

// Uses up one of `limit` in the window that began at `window_start`; false when none is left.
bool take_quota(Tx&, const std::string& name, Time window_start, std::int64_t limit);
std::int64_t forget_quotas(Tx&, Time before);

// Workspaces in which work of a kind is ready, longest waiting first; and when the next will be.
std::vector<WorkspaceId> due_now(Tx&, const std::string& kind, Time now, int limit);
std::optional<Time> next_due(Tx&, const std::string& kind);

}  // namespace ringdown::store
