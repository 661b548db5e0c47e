#include "sandbox/bridge.h"

#include <algorithm>

namespace ringdown::sandbox {

void Bridge::connect(const CallPtr& child) {
  peer_ = child;
  link_.talks_since = link_.counts_since = std::chrono::steady_clock::now();
  end_all_but(child.get());
  parent_->sleeper.cancel();
}

void Bridge::let_go(const Call& child) {
  if (link_.over) return;

  const auto is_over = [](const CallPtr& one) { return one->is_over(); };
  link_.over = peer_ ? peer_.get() == &child : std::ranges::all_of(children_, is_over);
  std::erase_if(children_, [&](const CallPtr& one) { return one.get() == &child && !one->is_over(); });
  if (link_.over) parent_->sleeper.cancel();
}

void Bridge::end() {
  end_all_but(nullptr);
}

void Bridge::end_all_but(const Call* spared) {
  for (const CallPtr& child : children_) {
    if (child.get() == spared || child->is_over()) continue;
    child->end_asked = true;
    child->sleeper.cancel();
  }
}

}  // namespace ringdown::sandbox
