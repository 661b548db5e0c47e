#include "net/http_lane.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <ctime>
#include <vector>

#include "base/ids.h"
#include "base/log.h"
#include "net/http_connection.h"

namespace ringdown {
namespace {

// Often enough that a limit is overdrawn by a quarter at most, and never busier than that asks for.
std::chrono::milliseconds tick_length(const HttpLimits& limits) {
  const Span shortest = std::min({limits.head_time, limits.body_idle_time, limits.request_time,
                                  limits.keep_alive_time, limits.write_stall_time, limits.linger_time});
  return std::clamp(std::chrono::duration_cast<std::chrono::milliseconds>(shortest / 4), 5ms, 500ms);
}

void log_escaped(std::exception_ptr escaped) {
  if (!escaped) return;
  try {
    std::rethrow_exception(escaped);
  } catch (const std::exception& error) {
    log::error("a connection ended by an exception", {{"what", std::string_view(error.what())}});
  }
}

}  // namespace

Lane::Lane(boost::asio::any_io_executor executor, std::shared_ptr<const HttpSetup> setup)
    : executor_(std::move(executor)), setup_(std::move(setup)) {}

void Lane::start() {
  timer_.emplace(executor_);
  wait_for_tick();
}

void Lane::open(std::shared_ptr<HttpConnection> connection, std::move_only_function<void()> when_over) {
  connections_.insert(connection.get());
  if (drain_deadline_) connection->finish_soon();

  boost::asio::co_spawn(executor_, connection->run(),
                        [lane = shared_from_this(), connection,
                         when_over = std::move(when_over)](std::exception_ptr escaped) mutable {
                          log_escaped(escaped);
                          lane->connections_.erase(connection.get());
                          when_over();
                          if (lane->drain_deadline_ && lane->connections_.empty()) lane->say_drained();
                        });
}

void Lane::drain(SteadyTime deadline, std::move_only_function<void()> when_drained) {
  drain_deadline_ = deadline;
  when_drained_ = std::move(when_drained);
  for (const auto& connection : std::vector(connections_.begin(), connections_.end()))
    connection->finish_soon();
  if (connections_.empty()) say_drained();
}

void Lane::say_drained() {
  timer_.reset();
  if (when_drained_) std::exchange(when_drained_, nullptr)();
}

// Ending a connection may wake a writer, which may end others: they are held while one goes through them.
std::vector<std::shared_ptr<HttpConnection>> Lane::held() const {
  std::vector<std::shared_ptr<HttpConnection>> connections;
  connections.reserve(connections_.size());
  for (HttpConnection* connection : connections_) connections.push_back(connection->shared_from_this());
  return connections;
}

void Lane::wait_for_tick() {
  if (!timer_) return;
  timer_->expires_after(tick_length(setup_->limits));
  timer_->async_wait([lane = weak_from_this()](boost::system::error_code error) {
    if (const auto alive = lane.lock(); alive && !error && alive->timer_) alive->tick();
  });
}

void Lane::tick() {
  const SteadyTime now = std::chrono::steady_clock::now();
  for (HttpConnection* connection : connections_) connection->check_deadline(now);
  if (drain_deadline_ && now >= *drain_deadline_) {
    for (const auto& connection : held()) connection->abort();
  }

  // Whoever is aborted comes back within a tick; who does not hangs in a handler and is not waited for.
  if (drain_deadline_ && now >= *drain_deadline_ + 2 * tick_length(setup_->limits)) return say_drained();
  wait_for_tick();
}

const std::string& Lane::date() {
  const std::time_t second = std::time(nullptr);
  if (second != date_second_) {
    std::tm parts{};
    gmtime_r(&second, &parts);
    char text[32];
    date_.assign(text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts));
    date_second_ = second;
  }
  return date_;
}

std::string Lane::request_id() {
  const Time now = std::chrono::floor<Span>(std::chrono::system_clock::now());
  return to_text(uuid_v7(now, {chance_(), chance_()}));
}

}  // namespace ringdown
