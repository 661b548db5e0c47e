// One stream between a call and the product: silence goes out at its pace, what comes in is played as time
// that passes. On the loop of the calls.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>

#include "net/websocket.h"
#include "sandbox/playback.h"
#include "sandbox/script.h"
#include "sandbox/stream_frames.h"

namespace ringdown::sandbox {

class MediaStream : public std::enable_shared_from_this<MediaStream> {
 public:
  // What the product is told of the stream: an event and, of an error, what it is.
  using Tell = std::function<void(std::string_view event, std::string error)>;

  MediaStream(const boost::asio::any_io_executor& loop, double speed, CallPtr, WebSocket, FrameWriter,
              std::string sid, Tell);

  void start(const std::map<std::string, std::string>& parameters);
  void press(char key);
  boost::asio::awaitable<void> stop();  // from our side; nothing where the product closed it already
  const Link& link() const { return link_; }

 private:
  static boost::asio::awaitable<void> listen(std::shared_ptr<MediaStream>);
  static boost::asio::awaitable<void> speak(std::shared_ptr<MediaStream>);

  void hear(const WebSocketMessage&);
  void hear(const SoundFrame&);
  void hear(const MarkFrame&);
  void hear(const ClearFrame&);
  void echo(const std::vector<std::string>& marks);
  void send_what_is_due(SteadyTime now);
  void complain(std::string error);
  void end();

  double speed_;
  CallPtr call_;
  WebSocket socket_;
  FrameWriter frames_;
  std::string sid_;
  Tell tell_;
  Playback playback_;
  boost::asio::steady_timer timer_;
  SteadyTime next_sound_{};
  Link link_;
  int complaints_ = 0;
};

}  // namespace ringdown::sandbox
