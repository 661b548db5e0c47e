#include "ports/both.h"

#include <doctest/doctest.h>

#include <boost/asio/post.hpp>
#include <string>

#include "base/result.h"
#include "ports/await.h"

using namespace ringdown;

namespace {

Task<void> turn() {
  co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
}

Task<int> steps(std::string name, int count, std::string& story) {
  for (int i = 0; i < count; ++i) {
    story += name;
    co_await turn();
  }
  co_return count;
}

Task<int> breaks(std::string what) {
  co_await turn();
  throw Breakage(Reason::unavailable, what);
}

}  // namespace

TEST_CASE("two tasks take turns and both answers come") {
  std::string story;

  const auto [a, b] = await(both(steps("a", 2, story), steps("b", 3, story)));

  CHECK(a == 2);
  CHECK(b == 3);
  CHECK(story == "ababb");
}

TEST_CASE("when one of two tasks breaks, the other still runs to its end") {
  std::string story;

  CHECK_THROWS_WITH_AS(await(both(breaks("the disk is full"), steps("b", 5, story))), "the disk is full",
                       Breakage);

  CHECK(story == "bbbbb");
}

TEST_CASE("when two tasks break, the first one's reason is told") {
  CHECK_THROWS_WITH_AS(await(both(breaks("one"), breaks("two"))), "one", Breakage);
}
