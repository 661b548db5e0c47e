// A Clock that stands still until a test moves it on; sleepers whose moment has come wake on their own loops.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "ports/clock.h"

namespace ringdown::test {

class HandClock : public Clock {
 public:
  explicit HandClock(Time start) : start_(start), now_(start) {}

  Time now() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  Span monotonic() const override { return now() - start_; }

  Task<void> sleep_until(Time time) override {
    const auto timer =
        std::make_shared<Timer>(co_await boost::asio::this_coro::executor, Timer::time_point::max());
    {
      const std::lock_guard lock(mutex_);
      if (now_ >= time) co_return;
      sleepers_.push_back({time, timer});
    }
    co_await timer->async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  }

  void advance(Span span) {
    const std::lock_guard lock(mutex_);
    now_ += span;
    std::erase_if(sleepers_, [this](const Sleeper& sleeper) {
      const auto timer = sleeper.timer.lock();
      if (timer && sleeper.until > now_) return false;
      if (timer) boost::asio::post(timer->get_executor(), [timer] { timer->cancel(); });
      return true;
    });
  }

  // When the first of those who sleep wakes.
  std::optional<Time> next_waking() const {
    const std::lock_guard lock(mutex_);
    std::optional<Time> first;
    for (const Sleeper& sleeper : sleepers_) first = std::min(first.value_or(sleeper.until), sleeper.until);
    return first;
  }
  std::size_t sleepers() const {
    const std::lock_guard lock(mutex_);
    return sleepers_.size();
  }

 private:
  using Timer = boost::asio::steady_timer;

  struct Sleeper {
    Time until;
    std::weak_ptr<Timer> timer;  // the coroutine's own
  };

  const Time start_;
  mutable std::mutex mutex_;
  Time now_;
  std::vector<Sleeper> sleepers_;
};

}  // namespace ringdown::test
