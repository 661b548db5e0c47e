// The one time of a simulated world, and everything that waits for its moment. It moves when somebody steps,
// to the next of these; nothing else makes time pass.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <map>
#include <optional>

#include "base/time.h"
#include "ports/task.h"
#include "sim/dice.h"

namespace ringdown::sim {

using NodeId = int;
inline constexpr NodeId nobody = 0;  // the world itself: outlives every node

class Timeline {
 public:
  using Wake = std::move_only_function<void()>;

  Timeline(Time begins, Dice dice) : begins_(begins), dice_(dice) {}

  Time now() const { return begins_ + elapsed_; }
  Span elapsed() const { return elapsed_; }

  // What is to happen at the same moment happens in an order that the dice decide.
  void at(Span moment, NodeId owner, Wake);
  void after(Span span, NodeId owner, Wake wake) { at(elapsed_ + span, owner, std::move(wake)); }

  // A coroutine of a node waits; its frame lies here meanwhile.
  Task<void> pause(Span span, NodeId owner);

  void forget(NodeId owner);  // before its loop is destroyed

  std::optional<Span> next() const;
  void step();
  void move_to(Span moment);

 private:
  using Moment =
      std::pair<Span, std::pair<std::uint64_t, std::uint64_t>>;  // chance, then the order of coming
  struct Waiting {
    NodeId owner;
    Wake wake;
  };

  const Time begins_;
  Dice dice_;
  Span elapsed_{0};
  std::uint64_t came_ = 0;
  std::map<Moment, Waiting> waiting_;
};

}  // namespace ringdown::sim
