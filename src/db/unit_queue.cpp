#include "db/unit_queue.h"

#include <fmt/format.h>

namespace ringdown {

void UnitQueue::push(Unit unit) {
  std::string refusal;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) {
      refusal = "the store is shutting down; try again once it is back";
    } else if (waiting_ >= waiting_max_) {
      refusal = fmt::format("the store has {} units of work waiting; try again in a moment", waiting_);
    } else {
      lines_[static_cast<std::size_t>(unit.urgency)].push_back(std::move(unit));
      ++waiting_;
    }
  }
  if (refusal.empty()) {
    filled_.notify_one();
  } else {
    refuse(unit, refusal);
  }
}

std::optional<Unit> UnitQueue::take() {
  std::unique_lock lock(mutex_);
  filled_.wait(lock, [&] { return waiting_ > 0 || closed_; });
  return pop();
}

std::optional<Unit> UnitQueue::try_take() {
  const std::lock_guard lock(mutex_);
  return pop();
}

void UnitQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  filled_.notify_all();
}

std::optional<Unit> UnitQueue::pop() {
  for (auto& line : lines_) {
    if (line.empty()) continue;
    std::optional<Unit> unit(std::move(line.front()));
    line.pop_front();
    --waiting_;
    return unit;
  }
  return std::nullopt;
}

void refuse(Unit& unit, const std::string& why) {
  unit.done(std::make_exception_ptr(Breakage(Reason::unavailable, why)));
}

}  // namespace ringdown
