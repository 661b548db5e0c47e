#include "api/live_hub.h"

#include <algorithm>
#include <utility>

namespace ringdown {

SharedText Listener::take() {
  if (backlog_.empty()) return nullptr;
  SharedText text = std::move(backlog_.front());
  backlog_.pop_front();
  bytes_ -= text->size();
  return text;
}

bool Listener::take_check() {
  return std::exchange(check_due_, false);
}

void Listener::push(SharedText text) {
  if (dropped_ || !text || text->empty()) return;
  if (!backlog_.empty() && bytes_ + text->size() > backlog_max_) return drop();

  bytes_ += text->size();
  backlog_.push_back(std::move(text));
  wake_.wake();
}

void Listener::check() {
  check_due_ = true;
  wake_.wake();
}

void Listener::drop() {
  dropped_ = true;
  backlog_.clear();
  bytes_ = 0;
  wake_.wake();
}

store::ChangePosition LiveHub::join(Listener& listener, store::ChangePosition seen) {
  listener.after_ = std::max(at_, seen);
  listeners_[listener.workspace].push_back(&listener);
  ++size_;
  return at_;
}

void LiveHub::leave(Listener& listener) {
  listener.backlog_.clear();
  listener.bytes_ = 0;

  const auto found = listeners_.find(listener.workspace);
  if (found == listeners_.end() || std::erase(found->second, &listener) == 0) return;
  --size_;
  if (found->second.empty()) listeners_.erase(found);
}

void LiveHub::hand_over(const Batch& batch) {
  const auto last = batch.changes.back().position();
  for (const Piece& piece : batch.pieces) {
    const auto found = listeners_.find(piece.workspace);
    if (found == listeners_.end()) continue;

    for (Listener* listener : found->second) {
      if (listener->after_ <= at_) {
        listener->push(piece.for_role[static_cast<std::size_t>(listener->role)]);
      } else {
        listener->push(std::make_shared<const std::string>(
            events_between(batch.changes, piece.workspace, listener->role, listener->after_, last)));
      }
    }
  }
  at_ = last;
}

void LiveHub::beat(const SharedText& text) {
  for (const auto& [workspace, listeners] : listeners_) {
    for (Listener* listener : listeners) {
      if (listener->after_ <= at_) listener->push(text);
      listener->check();
    }
  }
}

void LiveHub::restart_at(store::ChangePosition position) {
  at_ = position;
  for (const auto& [workspace, listeners] : listeners_) {
    for (Listener* listener : listeners) listener->drop();
  }
}

}  // namespace ringdown
