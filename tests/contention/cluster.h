// What the contention tests share: one database, two nodes on it, eight threads that start together, a clock
// that ticks once per question, and a bell for what on_change says. On SQLite one process is both nodes.
#pragma once

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "tests/support/stores.h"

namespace ringdown::test {

inline constexpr int threads = 8;
inline constexpr StoreKind contended_stores[] = {StoreKind::postgres, StoreKind::sqlite};

class Cluster {
 public:
  explicit Cluster(StoreKind kind) : store_(kind) {
    nodes_.push_back(store_.open(4));
    if (kind == StoreKind::postgres) nodes_.push_back(store_.open(4));
  }

  Db& node(int n) { return *nodes_[static_cast<std::size_t>(n) % nodes_.size()]; }
  const std::string& database() const { return store_.database(); }

 private:
  FreshStore store_;
  std::vector<std::unique_ptr<Db>> nodes_;
};

// Runs work(0) … work(count - 1) beside one another; the first problem of any is thrown here.
inline void side_by_side(const std::function<void(int)>& work, int count = threads) {
  std::barrier start(count);
  std::vector<std::exception_ptr> problems(static_cast<std::size_t>(count));
  {
    std::vector<std::jthread> running;
    for (int n = 0; n < count; ++n) {
      running.emplace_back([&, n] {
        start.arrive_and_wait();
        try {
          work(n);
        } catch (...) {
          problems[static_cast<std::size_t>(n)] = std::current_exception();
        }
      });
    }
  }
  for (const auto& problem : problems) {
    if (problem) std::rethrow_exception(problem);
  }
}

// No two questions get the same answer, and later ones get a later one.
class Ticks {
 public:
  Time next() { return tuesday + Span(++count_); }

 private:
  std::atomic<std::int64_t> count_ = 0;
};

class Bell {
 public:
  void ring() {
    const std::lock_guard lock(mutex_);
    ++rung_;
    heard_.notify_all();
  }
  std::int64_t rung() {
    const std::lock_guard lock(mutex_);
    return rung_;
  }
  // False when it stays silent for so long that nobody will ring it any more.
  bool rings_after(std::int64_t times) {
    std::unique_lock lock(mutex_);
    return heard_.wait_for(lock, 10s, [&] { return rung_ > times; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable heard_;
  std::int64_t rung_ = 0;
};

// Whoever comes first stays until somebody else has come: that one is certainly too late with what it does next.
class Siding {
 public:
  void come(const Uuid& who) {
    std::unique_lock lock(mutex_);
    if (!first_) {
      first_ = who;
      CHECK(passed_.wait_for(lock, 30s, [&] { return overtaken_; }));
    } else if (*first_ != who) {
      overtaken_ = true;
      passed_.notify_all();
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable passed_;
  std::optional<Uuid> first_;
  bool overtaken_ = false;
};

// A transaction that others must wait out: it has written, and ends when it is told to.
class LongWrite {
 public:
  LongWrite(Db& db, Workspace workspace, std::function<void(Tx&)> work)
      : running_([this, &db, workspace, work] {
          await(db.write(workspace, [&](Tx& tx) {
            work(tx);
            begun_.set_value();
            end_.get_future().wait();
          }));
        }) {
    begun_.get_future().wait();
  }
  void end() {
    end_.set_value();
    running_.join();
  }

 private:
  std::promise<void> begun_;
  std::promise<void> end_;
  std::jthread running_;
};

}  // namespace ringdown::test
