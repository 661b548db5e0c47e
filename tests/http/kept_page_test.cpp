// A page of a real server on loopback, kept: how often the server is asked, and what is there meanwhile.
#include <doctest/doctest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <condition_variable>
#include <future>
#include <mutex>

#include "net/kept_page.h"
#include "tests/http/test_server.h"

using namespace ringdown;
using namespace ringdown::test;

namespace asio = boost::asio;

namespace {

constexpr Time noon = Time{std::chrono::sys_days{std::chrono::year{2026} / 1 / 6}} + 12h;

bool gap_has_passed(std::optional<Time> last, Time now) {
  return !last || now - *last >= 30s;
}
bool ten_minutes_old(std::optional<Time> last, Time now) {
  return !last || now - *last >= 10min;
}

// Publishes a text; counts who asks, and can make them wait.
class Publisher {
 public:
  Publisher() : server_({.answer = [this](Request&) { return answer(); }}) {}

  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()) + "/keys"; }
  int asked() const { return asked_; }
  void publish(std::string text, int status = 200) {
    const std::scoped_lock lock(mutex_);
    text_ = std::move(text);
    status_ = status;
  }
  void hold() {
    const std::scoped_lock lock(mutex_);
    held_ = true;
  }
  void release() {
    const std::scoped_lock lock(mutex_);
    held_ = false;
    changed_.notify_all();
  }
  void wait_for_question() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return asked_ > 0; });
  }

 private:
  asio::awaitable<Response> answer() {
    std::unique_lock lock(mutex_);
    ++asked_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return !held_; });
    co_return Response{.status = status_, .body = text_};
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool held_ = false;
  std::atomic<int> asked_ = 0;
  int status_ = 200;
  std::string text_ = "first";
  TestServer server_;
};

Result<KeptPage::Content> parse(std::string_view body) {
  if (body == "broken") return fail(Reason::invalid, "no page");
  return std::make_shared<const std::string>(body);
}

class Reader {
 public:
  explicit Reader(const std::string& url)
      : page_(
            KeptPage::open(loops_, "test", url, parse, {.may_ask = gap_has_passed, .is_old = ten_minutes_old})
                .value()) {
    loops_.start();
  }

  std::future<KeptPage::Content> start(Time now, KeptPage::Content missed = nullptr, std::size_t loop = 1) {
    return asio::co_spawn(loops_.executor(loop), page_.read(now, std::move(missed)), asio::use_future);
  }
  KeptPage::Content read(Time now, KeptPage::Content missed = nullptr) {
    return start(now, std::move(missed)).get();
  }

 private:
  Loops loops_{3};
  KeptPage page_;
};

std::string text_of(const KeptPage::Content& content) {
  return content ? *std::static_pointer_cast<const std::string>(content) : "nothing";
}

}  // namespace

TEST_CASE("a kept page is asked for once, and again when it is old") {
  Publisher publisher;
  Reader reader(publisher.url());

  CHECK(text_of(reader.read(noon)) == "first");
  publisher.publish("second");
  CHECK(text_of(reader.read(noon + 9min)) == "first");
  CHECK(publisher.asked() == 1);

  reader.read(noon + 10min);  // asks, and does not make its reader wait
  const auto first = std::make_shared<const std::string>("first");
  KeptPage::Content seen = reader.read(noon + 10min);
  while (text_of(seen) == "first") seen = reader.read(noon + 10min, seen);
  CHECK(text_of(seen) == "second");
  CHECK(publisher.asked() == 2);
}

TEST_CASE("who misses something has it asked for at once, but not more often than the gap allows") {
  Publisher publisher;
  Reader reader(publisher.url());
  const auto first = reader.read(noon);
  publisher.publish("second");

  CHECK(text_of(reader.read(noon + 29s, first)) == "first");
  CHECK(publisher.asked() == 1);
  const auto second = reader.read(noon + 30s, first);
  CHECK(text_of(second) == "second");
  CHECK(text_of(reader.read(noon + 31s, first)) == "second");
  for (int i = 0; i < 20; ++i) reader.read(noon + 32s, second);
  CHECK(publisher.asked() == 2);
}

TEST_CASE("many who wait on several loops share one question") {
  Publisher publisher;
  publisher.hold();
  Reader reader(publisher.url());

  std::vector<std::future<KeptPage::Content>> waiting;
  waiting.push_back(reader.start(noon));
  publisher.wait_for_question();
  for (std::size_t i = 0; i < 30; ++i) waiting.push_back(reader.start(noon, nullptr, i % 3));
  publisher.release();

  for (auto& one : waiting) CHECK(text_of(one.get()) == "first");
  CHECK(publisher.asked() == 1);
}

TEST_CASE("what was read stays while the publisher is broken or away, for a day") {
  Publisher publisher;
  Reader reader(publisher.url());
  const auto first = reader.read(noon);

  publisher.publish("", 503);
  CHECK(text_of(reader.read(noon + 1min, first)) == "first");
  publisher.publish("broken");
  CHECK(text_of(reader.read(noon + 2min, first)) == "first");
  publisher.publish(std::string(70'000, 'x'));
  CHECK(text_of(reader.read(noon + 3min, first)) == "first");
  publisher.publish("elsewhere", 302);
  CHECK(text_of(reader.read(noon + 4min, first)) == "first");
  CHECK(publisher.asked() == 5);

  CHECK(text_of(reader.read(noon + 24h, first)) == "first");
  CHECK(text_of(reader.read(noon + 24h + 1min, first)) == "nothing");
}

TEST_CASE("nobody there is nothing to read, and is asked again after the gap") {
  std::string url;
  {
    const Publisher gone;
    url = gone.url();
  }
  Reader reader(url);

  CHECK(text_of(reader.read(noon)) == "nothing");
  CHECK(text_of(reader.read(noon + 30s)) == "nothing");
}
