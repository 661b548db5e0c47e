// A few threads for what would hold up an io loop, behind a line of bounded length.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstddef>
#include <optional>

namespace ringdown {

class Workers {
 public:
  Workers(std::size_t threads, std::size_t waiting_max) : places_(threads + waiting_max), pool_(threads) {}
  ~Workers() { pool_.join(); }  // what was taken on is done first
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // What `work` answers; nothing when the line is full, and then nothing was done. Comes back on the caller's
  // loop.
  template <class Work>
  boost::asio::awaitable<std::optional<std::invoke_result_t<Work&>>> run(Work work) {
    using Answer = std::invoke_result_t<Work&>;
    if (taken_.fetch_add(1) >= places_) {
      taken_.fetch_sub(1);
      co_return std::nullopt;
    }
    co_return co_await boost::asio::co_spawn(pool_, perform<Answer>(std::move(work)),
                                             boost::asio::use_awaitable);
  }

 private:
  struct Place {
    std::atomic<std::size_t>& taken;
    ~Place() { taken.fetch_sub(1); }
  };

  template <class Answer, class Work>
  boost::asio::awaitable<std::optional<Answer>> perform(Work work) {
    const Place place{taken_};
    co_return work();
  }

  const std::size_t places_;
  std::atomic<std::size_t> taken_ = 0;
  boost::asio::thread_pool pool_;
};

}  // namespace ringdown
