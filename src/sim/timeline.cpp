#include "sim/timeline.h"

#include <algorithm>
#include <vector>

#include "base/expect.h"

namespace ringdown::sim {

void Timeline::at(Span moment, NodeId owner, Wake wake) {
  waiting_.emplace(Moment{std::max(moment, elapsed_), {dice_.number(), came_++}},
                   Waiting{owner, std::move(wake)});
}

Task<void> Timeline::pause(Span span, NodeId owner) {
  co_await boost::asio::async_initiate<decltype(boost::asio::use_awaitable), void()>(
      [&](auto handler) {
        auto guard = boost::asio::make_work_guard(handler);
        after(span, owner, [handler = std::move(handler), guard = std::move(guard)]() mutable {
          const auto executor = guard.get_executor();
          boost::asio::post(executor, std::move(handler));
          guard.reset();
        });
      },
      boost::asio::use_awaitable);
}

// What is let go of may wish to wait again; it is gone by then.
void Timeline::forget(NodeId owner) {
  std::vector<Waiting> gone;
  for (auto waiting = waiting_.begin(); waiting != waiting_.end();) {
    if (waiting->second.owner == owner) {
      gone.push_back(std::move(waiting->second));
      waiting = waiting_.erase(waiting);
    } else {
      ++waiting;
    }
  }
}

std::optional<Span> Timeline::next() const {
  if (waiting_.empty()) return {};
  return waiting_.begin()->first.first;
}

void Timeline::step() {
  expect(!waiting_.empty(), "somebody waits for the next step");
  auto first = waiting_.extract(waiting_.begin());
  elapsed_ = first.key().first;
  first.mapped().wake();
}

void Timeline::move_to(Span moment) {
  expect(!next() || *next() >= moment, "time does not pass what waits for its moment");
  elapsed_ = std::max(elapsed_, moment);
}

}  // namespace ringdown::sim
