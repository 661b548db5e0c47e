// One loop's share of the server: its connections, the tick that finds those whose time is up, and their
// orderly end. Only its loop touches it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <unordered_set>
#include <vector>

#include "net/http_server.h"

namespace ringdown {

using SteadyTime = std::chrono::steady_clock::time_point;

class HttpConnection;

// What all lanes share; unchanged while the server runs.
struct HttpSetup {
  HttpLimits limits;
  HttpHandler handler;
  TrustedProxies proxies;
};

class Lane : public std::enable_shared_from_this<Lane> {
 public:
  Lane(boost::asio::any_io_executor, std::shared_ptr<const HttpSetup>);

  void start();
  void open(std::shared_ptr<HttpConnection>, std::move_only_function<void()> when_over);

  // Ends what is idle now and everything else by `deadline`, then says so once.
  void drain(SteadyTime deadline, std::move_only_function<void()> when_drained);

  const HttpSetup& setup() const { return *setup_; }
  const boost::asio::any_io_executor& executor() const { return executor_; }
  const std::string& date();  // for the Date header
  std::string request_id();

 private:
  void tick();
  void wait_for_tick();
  void say_drained();
  std::vector<std::shared_ptr<HttpConnection>> held() const;

  boost::asio::any_io_executor executor_;
  std::shared_ptr<const HttpSetup> setup_;
  std::optional<boost::asio::steady_timer> timer_;
  std::unordered_set<HttpConnection*> connections_;  // each kept alive by its own coroutine
  std::mt19937_64 chance_{std::random_device{}()};
  std::string date_;
  std::int64_t date_second_ = 0;
  std::optional<SteadyTime> drain_deadline_;
  std::move_only_function<void()> when_drained_;
};

}  // namespace ringdown
