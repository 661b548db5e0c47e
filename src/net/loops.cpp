#include "net/loops.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <thread>

#include "base/expect.h"
#include "base/log.h"

namespace ringdown {
namespace {

// The loop that runs this thread; a thread belongs to one loop only.
thread_local const void* loops_here = nullptr;
thread_local std::size_t loop_here = 0;

// A handler that lets an exception out has given up its own work; the loop goes on with everybody else's.
void run(boost::asio::io_context& context) {
  while (true) {
    try {
      context.run();
      return;
    } catch (const std::exception& error) {
      log::error("a loop caught an exception nobody else did", {{"what", std::string_view(error.what())}});
    }
  }
}

}  // namespace

struct Loops::Loop {
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{context.get_executor()};
  std::thread thread;
};

Loops::Loops(std::size_t count) {
  for (std::size_t i = 0; i < std::max<std::size_t>(count, 1); ++i)
    loops_.push_back(std::make_unique<Loop>());
}

Loops::~Loops() {
  stop();
}

void Loops::start() {
  expect(!running_, "loops are started once");
  running_ = true;
  for (std::size_t i = 0; i < loops_.size(); ++i) {
    loops_[i]->thread = std::thread([this, i] {
      loops_here = this;
      loop_here = i;
      run(loops_[i]->context);
    });
  }
}

void Loops::stop() {
  if (!running_) return;
  for (auto& loop : loops_) loop->context.stop();
  for (auto& loop : loops_) loop->thread.join();
  running_ = false;
}

boost::asio::any_io_executor Loops::executor(std::size_t which) const {
  return loops_.at(which)->context.get_executor();
}

std::size_t Loops::here() const {
  expect(loops_here == this, "the caller runs on one of these loops");
  return loop_here;
}

void Loops::post(std::size_t which, std::move_only_function<void()> work) {
  boost::asio::post(executor(which), std::move(work));
}

void Loops::spawn(std::size_t which, boost::asio::awaitable<void> task) {
  boost::asio::co_spawn(executor(which), std::move(task), [](std::exception_ptr escaped) {
    if (escaped) std::rethrow_exception(escaped);  // run() logs it
  });
}

std::size_t Loops::cores() {
  return std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace ringdown
