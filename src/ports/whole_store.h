// One transaction over everything: backup and restore move through it from workspace to workspace. Nobody
// else does, so an ordinary unit of work cannot leave its workspace.
#pragma once

#include "ports/db.h"

namespace ringdown {

class WholeStore {
 public:
  virtual ~WholeStore() = default;

  // The transaction as one workspace's, or as the instance's; the Tx that was handed out before becomes it,
  // too.
  virtual Tx& as(std::optional<Workspace>) = 0;
};

using WholeWork = std::function<void(WholeStore&)>;  // what throws, or comes from it, is rolled back

}  // namespace ringdown
