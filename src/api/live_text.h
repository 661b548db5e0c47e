// Changes as an event stream spells them, encoded once for everybody who may see them. Pure.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/access.h"
#include "store/changes.h"

namespace ringdown {

using SharedText = std::shared_ptr<const std::string>;

// From which role on a topic is seen. A topic nobody wrote down is an admin's.
Role visible_from(std::string_view topic);

// What a batch says to one workspace; null where a role sees nothing of it.
struct Piece {
  WorkspaceId workspace;
  std::array<SharedText, 3> for_role;  // by Role
};

// A stretch of the changes, without a gap to the batch before.
struct Batch {
  std::vector<store::Change> changes;
  std::vector<Piece> pieces;
};

Batch batch_of(std::vector<store::Change>);

// The events behind `after`, up to and with `up_to`, that a role of a workspace sees.
std::string events_between(std::span<const store::Change>, WorkspaceId, Role, store::ChangePosition after,
                           store::ChangePosition up_to);

// An id without an event: a reader that reconnects begins there.
std::string position_text(store::ChangePosition);
std::string retry_text(std::chrono::milliseconds);
std::string beat_text(store::ChangePosition);

// Somebody may have missed something: read everything anew, then go on from here.
std::string reset_text(store::ChangePosition);

}  // namespace ringdown
