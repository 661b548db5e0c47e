#include "tests/http/test_server.h"

#include <doctest/doctest.h>

namespace ringdown::test {
namespace {

boost::asio::awaitable<Response> count_upload(Request& request) {
  std::size_t bytes = 0;
  while (true) {
    const auto piece = co_await request.upload->next();
    if (!piece) co_return Response{.status = 422, .body = piece.error().text};
    if (piece->empty()) break;
    bytes += piece->size();
  }
  co_return Response{.body = std::to_string(bytes)};
}

boost::asio::awaitable<void> write_three(Stream& stream) {
  for (const char* piece : {"one ", "two ", "three"})
    co_await stream.write(std::make_shared<const std::string>(piece));
}

std::string shown(const Request& request) {
  std::string text(to_text(request.verb));
  text.append(" ")
      .append(request.path)
      .append("?")
      .append(request.query)
      .append(" from ")
      .append(request.peer);
  return text.append(request.secure ? " over TLS: " : ": ").append(request.body);
}

}  // namespace

HttpLimits generous_limits() {
  return {.linger_time = 200ms, .connections_per_address_max = 5000};
}

BodyPlan plan_by_path(const RequestHead& head) {
  if (head.path == "/upload") return {.bytes_max = 64 << 20, .streamed = true};
  if (head.path == "/small") return {.bytes_max = 10};
  return {};
}

boost::asio::awaitable<Response> show_request(Request& request) {
  if (request.upload != nullptr) co_return co_await count_upload(request);
  if (request.path == "/throws") throw std::runtime_error("a bug");
  if (request.path == "/breaks") co_return Response{.headers = {{"X", "a\r\nY: b"}}};
  if (request.path == "/three") co_return Response{.stream = write_three};
  if (request.path == "/sized") co_return Response{.stream = write_three, .stream_bytes = 13};
  if (request.path == "/short") co_return Response{.stream = write_three, .stream_bytes = 99};
  co_return Response{.body = shown(request)};
}

TestServer::TestServer(HttpLimits limits, TrustedProxies proxies, std::shared_ptr<Tls> tls)
    : server_(limits, {.answer = show_request, .plan_body = plan_by_path}, std::move(proxies)) {
  port_ = server_.listen("127.0.0.1:0", std::move(tls)).value();
  server_.start();
}

TestServer::TestServer(HttpHandler handler, HttpLimits limits) : server_(limits, std::move(handler)) {
  port_ = server_.listen("127.0.0.1:0").value();
  server_.start();
}

}  // namespace ringdown::test
