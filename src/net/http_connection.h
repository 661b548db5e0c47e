// One accepted connection from its first byte to its last: reads requests, asks the handler, writes answers.
// Lives on one loop; its Lane watches its deadline and ends it when the server stops.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/answer_head.h"
#include "net/chunked.h"
#include "net/http_lane.h"
#include "net/http_server.h"
#include "net/wire.h"

namespace ringdown {

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(std::shared_ptr<Lane> lane, std::unique_ptr<Wire> wire, boost::asio::ip::address peer);

  boost::asio::awaitable<void> run();

  // The lane's side.
  void check_deadline(SteadyTime now);
  void finish_soon();  // no further request; at once where none is running
  void abort();

 private:
  class BodyReader;
  class AnswerStream;

  boost::asio::awaitable<bool> serve_one();
  boost::asio::awaitable<bool> wait_for_request();
  boost::asio::awaitable<std::expected<CheckedHead, HttpRefusal>> read_head();
  boost::asio::awaitable<Response> ask_handler(Request&);
  boost::asio::awaitable<bool> answer(Response, Verb, int minor_version, bool close);
  boost::asio::awaitable<void> hand_over(Upgrade, const RequestHead&);
  boost::asio::awaitable<bool> refuse(const HttpRefusal&);
  boost::asio::awaitable<bool> write_stream(Response&, const AnswerFrame&);
  boost::asio::awaitable<bool> write(std::string_view first, std::string_view second = {},
                                     std::string_view third = {});
  boost::asio::awaitable<bool> read_more(std::size_t bytes);
  static boost::asio::awaitable<void> watch_client(std::shared_ptr<HttpConnection>);

  std::string checked_head(Response&, AnswerFrame&);
  void complete(RequestHead&);
  void let_pass(Span);  // the next wait ends after so long
  void let_pass_until(SteadyTime);
  void close_stream();

  std::shared_ptr<Lane> lane_;
  std::unique_ptr<Wire> wire_;
  boost::asio::ip::address peer_;
  std::string arrived_;  // and not used yet
  std::string request_id_;
  SteadyTime deadline_ = SteadyTime::max();
  bool expired_ = false;  // the wait that just ended was cut off
  bool idle_ = true;      // between two requests
  bool finishing_ = false;
  AnswerStream* stream_ = nullptr;  // the one being written, on the stack of write_stream
};

}  // namespace ringdown
