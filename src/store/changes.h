// What changed, in the order in which it became visible: live events, other nodes and caches read it from a
// position of their own. A row says which thing changed, never what it says.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/db.h"

namespace ringdown::store {

// Where a reader stands. On PostgreSQL changes are ordered by their transaction first, on SQLite by id alone.
struct ChangePosition {
  std::int64_t tx = 0;
  std::int64_t id = 0;

  auto operator<=>(const ChangePosition&) const = default;
};
BOOST_DESCRIBE_STRUCT(ChangePosition, (), (tx, id))

std::string to_text(const ChangePosition&);  // "12-345", as event streams show it
std::optional<ChangePosition> parse_position(std::string_view);

struct Change {
  std::int64_t tx;
  std::int64_t id;
  WorkspaceId workspace_id;
  std::string topic;
  std::optional<Uuid> entity;
  Time at;

  ChangePosition position() const { return {tx, id}; }
};
BOOST_DESCRIBE_STRUCT(Change, (), (tx, id, workspace_id, topic, entity, at))

// In a unit of the workspace: notes the change and has readers woken after the commit.
void add_change(Tx&, const std::string& topic, std::optional<Uuid> entity, Time now);

// In a unit of the instance: the next changes; none that an unfinished transaction could still overtake.
std::vector<Change> changes_after(Tx&, ChangePosition, int limit);

// Does changes_after keep something back for an older transaction? Its end may wake nobody, so look again
// soon.
bool changes_held_back(Tx&);

// The last change by now; where a reader begins that wants only what comes.
ChangePosition changes_end(Tx&);

// Is a reader at this position sure to have missed nothing? Not when it is older than what is kept, nor when
// it comes from another database's life, before a restore.
bool changes_known(Tx&, ChangePosition);

// Forgets what is older; readers who had not seen it yet are told by changes_known.
std::int64_t trim_changes(Tx&, Time before);

}  // namespace ringdown::store
