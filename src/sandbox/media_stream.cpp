#include "sandbox/media_stream.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ringdown::sandbox {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr auto frame_time = 20ms;
constexpr int frames_late_max = 50;  // more are left out
constexpr int complaints_max = 10;   // of one stream

// 160 bytes of 0xff, which is silence in mu-law.
const std::string silence = [] {
  std::string letters;
  for (int i = 0; i < 53; ++i) letters += "////";
  return letters + "/w==";
}();

}  // namespace

MediaStream::MediaStream(const asio::any_io_executor& loop, double speed, CallPtr call, WebSocket socket,
                         FrameWriter frames, std::string sid, Tell tell)
    : speed_(speed),
      call_(std::move(call)),
      socket_(std::move(socket)),
      frames_(std::move(frames)),
      sid_(std::move(sid)),
      tell_(std::move(tell)),
      playback_(speed),
      timer_(loop) {}

void MediaStream::start(const std::map<std::string, std::string>& parameters) {
  socket_.send(frames_.connected());
  socket_.send(frames_.start(parameters));
  tell_("stream-started", "");
  next_sound_ = steady_clock::now();
  link_.talks_since = link_.counts_since = next_sound_;
  asio::co_spawn(timer_.get_executor(), listen(shared_from_this()), asio::detached);
  asio::co_spawn(timer_.get_executor(), speak(shared_from_this()), asio::detached);
}

void MediaStream::press(char key) {
  socket_.send(frames_.key(key));
}

asio::awaitable<void> MediaStream::stop() {
  const auto self = shared_from_this();
  if (link_.over) co_return;
  socket_.send(frames_.stop());
  end();
  co_await socket_.close();
}

void MediaStream::end() {
  if (std::exchange(link_.over, true)) return;
  tell_("stream-stopped", "");
  timer_.cancel();
  call_->sleeper.cancel();
}

asio::awaitable<void> MediaStream::listen(std::shared_ptr<MediaStream> self) {
  while (true) {
    const auto message = co_await self->socket_.next();
    if (!message) break;
    self->hear(*message);
  }
  self->end();
}

asio::awaitable<void> MediaStream::speak(std::shared_ptr<MediaStream> self) {
  while (!self->link_.over) {
    self->send_what_is_due(steady_clock::now());
    self->timer_.expires_at(
        std::min(self->next_sound_, self->playback_.next_mark().value_or(SteadyTime::max())));
    co_await self->timer_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

void MediaStream::send_what_is_due(SteadyTime now) {
  const auto pace = std::chrono::round<SteadyTime::duration>(frame_time / speed_);
  next_sound_ = std::max(next_sound_, now - frames_late_max * pace);
  for (; next_sound_ <= now; next_sound_ += pace) socket_.send(frames_.media(silence));
  echo(playback_.played(now));
}

void MediaStream::echo(const std::vector<std::string>& marks) {
  for (const std::string& name : marks) socket_.send(frames_.mark(name));
}

void MediaStream::hear(const WebSocketMessage& message) {
  if (link_.over) return;
  if (message.binary) return complain("31950: a binary frame");
  const auto frame = read_frame(message.data, sid_);
  if (!frame) return complain("31951: " + frame.error());
  std::visit([this](const auto& one) { hear(one); }, *frame);
}

void MediaStream::hear(const SoundFrame& sound) {
  if (!playback_.add(sound.bytes, steady_clock::now()))
    complain("31931: more than ten minutes wait to be played");
}

void MediaStream::hear(const MarkFrame& mark) {
  if (!playback_.mark(mark.name, steady_clock::now())) complain("31930: too many marks wait");
  timer_.cancel();
}

void MediaStream::hear(const ClearFrame&) {
  echo(playback_.clear(steady_clock::now()));
}

void MediaStream::complain(std::string error) {
  if (++complaints_ <= complaints_max) tell_("stream-error", std::move(error));
}

}  // namespace ringdown::sandbox
