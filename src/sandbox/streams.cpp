#include "sandbox/streams.h"

#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "sandbox/moments.h"

namespace ringdown::sandbox {
namespace {

namespace asio = boost::asio;

constexpr WebSocketLimits limits{
    .handshake_time = 5s, .message_bytes_max = 1024 * 1024, .waiting_bytes_max = 1024 * 1024};

}  // namespace

Streams::Streams(StreamsSetup setup, Hooks& hooks, Ledger& ledger)
    : setup_(std::move(setup)), sids_(chance_of(setup_.seed, "streams")), hooks_(hooks), ledger_(ledger) {}

asio::awaitable<std::shared_ptr<MediaStream>> Streams::open(CallPtr call, Connect plan) {
  const std::string sid = "MZ" + hex_digits(sids_, 32);
  MediaStream::Tell tell = telling(*call, plan, sid);
  if (plan.url.contains('?')) {
    tell("stream-error", "31920: a stream's address takes no query");
    co_return nullptr;
  }
  Headers headers{{"X-Twilio-Signature", signature(setup_.token, plan.url, {})},
                  {"User-Agent", "TwilioProxy/1.1"}};
  auto socket = co_await WebSocket::connect(plan.url, std::move(headers), limits);
  if (!socket) {
    tell("stream-error", "31920: " + socket.error().text);
    co_return nullptr;
  }
  const auto stream = std::make_shared<MediaStream>(
      co_await asio::this_coro::executor, setup_.speed, call, *std::move(socket),
      FrameWriter(setup_.account_sid, call->sid, sid), sid, std::move(tell));
  stream->start(plan.parameters);
  co_return stream;
}

MediaStream::Tell Streams::telling(const Call& call, const Connect& plan, std::string sid) {
  return [this, call_sid = call.sid, on_status = plan.on_status, name = plan.name, sid = std::move(sid)](
             std::string_view event, std::string error) {
    ledger_.write({.what = "stream",
                   .sid = call_sid,
                   .url = on_status.url,
                   .detail = std::string(event) + (error.empty() ? "" : " " + error)});
    if (on_status.url.empty()) return;

    Pairs fields{{"AccountSid", setup_.account_sid},
                 {"CallSid", call_sid},
                 {"StreamSid", sid},
                 {"StreamName", name.empty() ? sid : name},
                 {"StreamEvent", std::string(event)},
                 {"Timestamp", to_text(now())}};
    if (!error.empty()) fields.emplace_back("StreamError", std::move(error));
    hooks_.tell(call_sid, on_status, std::move(fields));
  };
}

}  // namespace ringdown::sandbox
