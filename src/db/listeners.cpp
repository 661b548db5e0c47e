#include "db/listeners.h"

#include "base/log.h"

namespace ringdown {

void Listeners::add(std::function<void()> listener) {
  const std::lock_guard lock(mutex_);
  all_.push_back(std::move(listener));
}

void Listeners::tell() {
  std::vector<std::function<void()>> all;
  {
    const std::lock_guard lock(mutex_);
    all = all_;
  }
  for (const auto& listener : all) {
    try {
      listener();
    } catch (const std::exception& problem) {
      log::error("bug: a listener to changes threw", {{"reason", problem.what()}});
    }
  }
}

}  // namespace ringdown
