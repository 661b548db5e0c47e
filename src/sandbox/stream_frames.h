// The frames of a media stream, in Twilio's words. Whoever sends one with a field too many or too few, or to
// another stream, is told so.
#pragma once

#include <cstddef>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace ringdown::sandbox {

struct SoundFrame {
  std::size_t bytes = 0;
};
struct MarkFrame {
  std::string name{};
};
struct ClearFrame {};
using HeardFrame = std::variant<SoundFrame, MarkFrame, ClearFrame>;

std::expected<HeardFrame, std::string> read_frame(std::string_view text, std::string_view stream_sid);

// What a stream says, each with the next number.
class FrameWriter {
 public:
  FrameWriter(std::string account_sid, std::string call_sid, std::string stream_sid)
      : account_sid_(std::move(account_sid)),
        call_sid_(std::move(call_sid)),
        stream_sid_(std::move(stream_sid)) {}

  std::string connected() const;
  std::string start(const std::map<std::string, std::string>& parameters);
  std::string media(std::string_view payload);  // 20 ms
  std::string mark(std::string_view name);
  std::string key(char);
  std::string stop();

 private:
  std::string frame(std::string_view event, std::string_view rest);

  std::string account_sid_;
  std::string call_sid_;
  std::string stream_sid_;
  int sequence_ = 1;
  int chunk_ = 1;
};

}  // namespace ringdown::sandbox
