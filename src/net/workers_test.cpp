#include "net/workers.h"

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <latch>
#include <stdexcept>
#include <thread>

using namespace ringdown;

namespace {

template <class Work>
auto start(boost::asio::io_context& loop, Workers& workers, Work work) {
  return boost::asio::co_spawn(loop, workers.run(std::move(work)), boost::asio::use_future);
}

}  // namespace

TEST_CASE("work is done off the loop and its answer comes back") {
  boost::asio::io_context loop;
  Workers workers(1, 1);

  auto answer = start(loop, workers, [] { return std::this_thread::get_id(); });
  loop.run();

  CHECK(answer.get() != std::this_thread::get_id());
}

TEST_CASE("what work throws arrives where it was asked for, and frees its place") {
  boost::asio::io_context loop;
  Workers workers(1, 0);

  auto broken = start(loop, workers, []() -> int { throw std::runtime_error("no memory"); });
  loop.run();
  CHECK_THROWS_AS(broken.get(), std::runtime_error);

  loop.restart();
  auto next = start(loop, workers, [] { return 7; });
  loop.run();
  CHECK(next.get() == 7);
}

TEST_CASE("a full line refuses at once, and takes work again when there is room") {
  boost::asio::io_context loop;
  Workers workers(1, 1);
  std::latch busy(1), release(1);

  auto first = start(loop, workers, [&] {
    busy.count_down();
    release.wait();
    return 1;
  });
  auto second = start(loop, workers, [] { return 2; });
  loop.poll();
  busy.wait();
  auto third = start(loop, workers, [] { return 3; });
  loop.poll();
  REQUIRE(third.wait_for(std::chrono::seconds(0)) == std::future_status::ready);
  CHECK_FALSE(third.get());

  release.count_down();
  loop.restart();
  loop.run();
  CHECK(first.get() == 1);
  CHECK(second.get() == 2);
}
