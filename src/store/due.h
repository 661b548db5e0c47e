// When a workspace's work of a kind wants its next round. On PostgreSQL units that run beside each other do
// not see each other's rows, so a round that has read that nothing waits could write over a moment that
// somebody says meanwhile. Therefore a round takes its work in a unit of its own, which waits for all that
// relied on it, and looks in a later one; whoever says a moment meanwhile writes it, and the round's unit is
// tried again.
#pragma once

#include "ports/db.h"

namespace ringdown::store {

void make_due_by(Tx&, const char* work, Time);  // an earlier moment stays

// False when it is not ready, or somebody took it. A round of which nothing more comes is due again then. In
// a unit that writes nothing else: it does not wait for the disk.
bool take_due(Tx&, const char* work, Time now, Time again_at);

// The end of a round, in the unit that read when it is due again; nothing: not before somebody says so. Where
// another round has ended since, its moment is only made earlier.
void make_due_at(Tx&, const char* work, std::optional<Time>);

}  // namespace ringdown::store
