#include "sandbox/stream_frames.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/json.h"

namespace ringdown::sandbox {

struct PayloadRead {
  std::string payload;
};
BOOST_DESCRIBE_STRUCT(PayloadRead, (), (payload))

struct SoundRead {
  std::string event, streamSid;
  PayloadRead media;
};
BOOST_DESCRIBE_STRUCT(SoundRead, (), (event, streamSid, media))

struct NameRead {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(NameRead, (), (name))

struct MarkRead {
  std::string event, streamSid;
  NameRead mark;
};
BOOST_DESCRIBE_STRUCT(MarkRead, (), (event, streamSid, mark))

struct ClearRead {
  std::string event, streamSid;
};
BOOST_DESCRIBE_STRUCT(ClearRead, (), (event, streamSid))

namespace {

constexpr int frame_ms = 20;

std::optional<std::size_t> decoded_size(const std::string& letters) {
  std::vector<unsigned char> space(letters.size() / 4 * 3 + 4);
  const int size = EVP_DecodeBlock(space.data(), reinterpret_cast<const unsigned char*>(letters.data()),
                                   static_cast<int>(letters.size()));
  if (size < 0) return std::nullopt;
  const auto padding = static_cast<std::size_t>(std::ranges::count(letters, '='));
  return static_cast<std::size_t>(size) - std::min(padding, static_cast<std::size_t>(size));
}

std::string quoted(std::string_view text) {
  return write_json(std::string(text));
}

}  // namespace

std::expected<HeardFrame, std::string> read_frame(std::string_view text, std::string_view stream_sid) {
  const auto is = [&](const auto& read, std::string_view event) {
    return read && read->event == event && read->streamSid == stream_sid;
  };
  if (const auto sound = read_json<SoundRead>(text); is(sound, "media")) {
    const auto bytes = decoded_size(sound->media.payload);
    if (!bytes) return std::unexpected("the payload is no base64");
    return SoundFrame{*bytes};
  }
  if (const auto mark = read_json<MarkRead>(text); is(mark, "mark")) return MarkFrame{mark->mark.name};
  if (const auto clear = read_json<ClearRead>(text); is(clear, "clear")) return ClearFrame{};
  return std::unexpected("an unknown event, a field too many or too few, or another stream's sid");
}

std::string FrameWriter::connected() const {
  return R"({"event":"connected","protocol":"Call","version":"1.0.0"})";
}

std::string FrameWriter::frame(std::string_view event, std::string_view rest) {
  return fmt::format(R"({{"event":"{}","sequenceNumber":"{}","streamSid":"{}","{}":{}}})", event, sequence_++,
                     stream_sid_, event, rest);
}

std::string FrameWriter::start(const std::map<std::string, std::string>& parameters) {
  return frame("start",
               fmt::format(R"({{"accountSid":"{}","streamSid":"{}","callSid":"{}","tracks":["inbound"],)"
                           R"("customParameters":{},)"
                           R"("mediaFormat":{{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1}}}})",
                           account_sid_, stream_sid_, call_sid_, write_json(parameters)));
}

std::string FrameWriter::media(std::string_view payload) {
  const int chunk = chunk_++;
  return frame("media", fmt::format(R"({{"track":"inbound","chunk":"{}","timestamp":"{}","payload":"{}"}})",
                                    chunk, (chunk - 1) * frame_ms, payload));
}

std::string FrameWriter::mark(std::string_view name) {
  return frame("mark", fmt::format(R"({{"name":{}}})", quoted(name)));
}

std::string FrameWriter::key(char key) {
  return frame("dtmf", fmt::format(R"({{"track":"inbound_track","digit":"{}"}})", key));
}

std::string FrameWriter::stop() {
  return frame("stop", fmt::format(R"({{"accountSid":"{}","callSid":"{}"}})", account_sid_, call_sid_));
}

}  // namespace ringdown::sandbox
