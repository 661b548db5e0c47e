// Whether the engine of each node goes round. Units of the instance.
#pragma once

#include <boost/describe/class.hpp>
#include <string>
#include <vector>

#include "ports/db.h"

namespace ringdown::store {

struct EngineRound {
  Uuid node;
  std::string kind;  // of work, as in `due`
  Time heard_at;
  Time next_by;  // it stands still when nothing is heard by then

  bool operator==(const EngineRound&) const = default;
};
BOOST_DESCRIBE_STRUCT(EngineRound, (), (node, kind, heard_at, next_by))

void note_round(Tx&, const EngineRound&);
std::vector<EngineRound> engine_rounds(Tx&, int limit);  // of all nodes, the freshest first
std::vector<EngineRound> engine_rounds_of(Tx&, Uuid node);
std::int64_t forget_engine_rounds(Tx&, Time before);

// Work of this kind that waits in the workspaces behind one, up to another, waits no longer. How many had
// any.
std::int64_t hurry_work(Tx&, const char* work, WorkspaceId behind, WorkspaceId up_to, Time now);

}  // namespace ringdown::store
