// A call and those that its script dials for it: who answers first talks with it, and the others stop
// ringing.
#pragma once

#include <vector>

#include "sandbox/call.h"

namespace ringdown::sandbox {

class Bridge {
 public:
  explicit Bridge(CallPtr parent) : parent_(std::move(parent)) {}

  void add(CallPtr child) { children_.push_back(std::move(child)); }
  void connect(const CallPtr& child);  // it was answered
  void let_go(const Call& child);      // it is over, or follows a script of its own
  void end();                          // all children that there still are

  const Link& link() const { return link_; }
  const Call* peer() const { return peer_.get(); }  // null: nobody answered yet
  const Call* last() const { return children_.empty() ? nullptr : children_.back().get(); }

 private:
  void end_all_but(const Call* spared);

  CallPtr parent_;
  std::vector<CallPtr> children_;
  CallPtr peer_;
  Link link_;
};

}  // namespace ringdown::sandbox
