// The io loops: one thread each, one per core. What starts on a loop stays on it, so nothing there needs a
// lock.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace ringdown {

class Loops {
 public:
  explicit Loops(std::size_t count = cores());
  ~Loops();  // stops first
  Loops(const Loops&) = delete;
  Loops& operator=(const Loops&) = delete;

  void start();
  void stop();  // ends the threads where they are; whoever has work on the loops ends it before
  bool running() const { return running_; }

  std::size_t size() const { return loops_.size(); }
  boost::asio::any_io_executor executor(std::size_t which = 0) const;

  std::size_t here() const;  // which loop runs the caller, who is on one

  // Any thread; what is posted to a loop runs there in the order of the posts. A task that lets an exception
  // out ends with a line in the log.
  void post(std::size_t which, std::move_only_function<void()>);
  void spawn(std::size_t which, boost::asio::awaitable<void>);

  static std::size_t cores();

 private:
  struct Loop;

  std::vector<std::unique_ptr<Loop>> loops_;
  bool running_ = false;
};

}  // namespace ringdown
