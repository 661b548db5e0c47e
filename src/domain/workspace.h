// The tenant. A Workspace value is proof that somebody looked it up; it cannot be made out of nothing, so no unit of
// work can forget whose data it is about.
#pragma once

#include "base/enums.h"
#include "base/ids.h"

namespace ringdown {

using WorkspaceId = Id<struct WorkspaceTag>;

enum class WorkspaceKind { live, rehearsal };  // fixed when it is made
BOOST_DESCRIBE_ENUM(WorkspaceKind, live, rehearsal)

class Workspace {
 public:
  explicit Workspace(WorkspaceId id) : id_(id) {}

  WorkspaceId id() const { return id_; }

  bool operator==(const Workspace&) const = default;

 private:
  WorkspaceId id_;
};

}  // namespace ringdown
