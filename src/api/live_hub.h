// One loop's listeners to live events. Only its loop touches it and them.
#pragma once

#include <cstddef>
#include <deque>
#include <unordered_map>
#include <vector>

#include "api/live_text.h"
#include "net/wakeup.h"

namespace ringdown {

// One stream's place in the hub: what waits to be written to it, within a bound. Whoever lets more pile up is
// dropped.
class Listener {
 public:
  Listener(WorkspaceId workspace, Role role, std::size_t backlog_max, Wakeup& wake)
      : workspace(workspace), role(role), backlog_max_(backlog_max), wake_(wake) {}

  SharedText take();  // the next to be written; null when there is none
  bool take_check();  // is it time to ask again whether this listener still may?
  bool dropped() const { return dropped_; }

  const WorkspaceId workspace;
  const Role role;

 private:
  friend class LiveHub;

  void push(SharedText);
  void check();
  void drop();

  const std::size_t backlog_max_;  // bytes
  Wakeup& wake_;
  store::ChangePosition
      after_;  // it has seen everything up to here, perhaps on another node that is ahead of this
  std::deque<SharedText> backlog_;
  std::size_t bytes_ = 0;
  bool check_due_ = false;
  bool dropped_ = false;
};

class LiveHub {
 public:
  explicit LiveHub(store::ChangePosition at) : at_(at) {}

  // From now on the listener gets what comes behind the position that is answered, or behind `seen` where
  // that is further on.
  store::ChangePosition join(Listener&, store::ChangePosition seen = {});
  void leave(Listener&);  // and forgets its backlog

  void hand_over(const Batch&);
  void beat(const SharedText&);
  void restart_at(store::ChangePosition);  // drops everybody: nobody knows what they missed

  std::size_t size() const { return size_; }

 private:
  store::ChangePosition at_;
  std::unordered_map<WorkspaceId, std::vector<Listener*>> listeners_;
  std::size_t size_ = 0;
};

}  // namespace ringdown
