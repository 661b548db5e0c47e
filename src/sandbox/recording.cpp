#include "sandbox/recording.h"

#include "sandbox/recording_sound.h"

namespace ringdown::sandbox {
namespace {

namespace asio = boost::asio;

constexpr int bytes_per_sample = 2;

void append_little(std::string& to, std::uint32_t number, int bytes) {
  for (int byte = 0; byte < bytes; ++byte) to += static_cast<char>(number >> (8 * byte) & 0xff);
}

std::string wav_head(int channels, std::uint32_t data_bytes) {
  const int frame = channels * bytes_per_sample;
  std::string head = "RIFF";
  append_little(head, data_bytes + 36, 4);
  head += "WAVEfmt ";
  append_little(head, 16, 4);
  append_little(head, 1, 2);  // plain samples
  append_little(head, static_cast<std::uint32_t>(channels), 2);
  append_little(head, samples_per_second, 4);
  append_little(head, static_cast<std::uint32_t>(samples_per_second * frame), 4);
  append_little(head, static_cast<std::uint32_t>(frame), 2);
  append_little(head, bytes_per_sample * 8, 2);
  head += "data";
  append_little(head, data_bytes, 4);
  return head;
}

}  // namespace

Response wav_response(const Recording& recording, int seconds, Speakers& speakers) {
  const int channels = recording.channels();
  const auto bytes = static_cast<std::uint32_t>(seconds * samples_per_second * bytes_per_sample * channels);
  Response response{.headers = {{"Content-Type", "audio/x-wav"}}};
  const std::string head = wav_head(channels, bytes);
  response.stream_bytes = head.size() + bytes;
  const auto sound = std::make_shared<RecordingSound>(recording, speakers);
  response.stream = [=](Stream& out) -> asio::awaitable<void> {
    bool goes_on = co_await out.write(std::make_shared<const std::string>(head));
    for (int n = 0; goes_on && n < seconds; ++n) {
      auto second = co_await sound->second(n);
      if (!second) co_return;  // the connection ends too early, and whoever fetches comes again
      goes_on = co_await out.write(std::make_shared<const std::string>(*std::move(second)));
    }
  };
  return response;
}

}  // namespace ringdown::sandbox
