#include "sandbox/recording.h"

#include <cmath>
#include <functional>
#include <numbers>

namespace ringdown::sandbox {
namespace {

namespace asio = boost::asio;

constexpr int samples_per_second = 8000;
constexpr int bytes_per_sample = 2;
constexpr int syllables_per_second = 4;
constexpr double loudness = 6000;

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

// Somebody's voice, as far as it matters here: it rises and falls, and differs from others'.
double hum(double pitch, int sample) {
  const double at = static_cast<double>(sample) / samples_per_second;
  const double swell = std::sin(std::numbers::pi * syllables_per_second * at);
  return loudness * swell * swell * std::sin(2 * std::numbers::pi * pitch * at);
}

std::string second_of(double pitch, int second, int channels) {
  std::string samples;
  for (int n = 0; n < samples_per_second; ++n) {
    for (int channel = 0; channel < channels; ++channel) {
      const double value = hum(pitch * (1 + 0.5 * channel), second * samples_per_second + n);
      append_little(samples, static_cast<std::uint32_t>(static_cast<std::int32_t>(value)), bytes_per_sample);
    }
  }
  return samples;
}

}  // namespace

Response wav_response(const Recording& recording, int seconds) {
  const int channels = recording.channels();
  const double pitch = 110 + static_cast<double>(std::hash<std::string>{}(recording.sid) % 200);
  const auto bytes = static_cast<std::uint32_t>(seconds * samples_per_second * bytes_per_sample * channels);
  Response response{.headers = {{"Content-Type", "audio/x-wav"}}};
  const std::string head = wav_head(channels, bytes);
  response.stream_bytes = head.size() + bytes;
  response.stream = [=](Stream& out) -> asio::awaitable<void> {
    bool goes_on = co_await out.write(std::make_shared<const std::string>(head));
    for (int second = 0; goes_on && second < seconds; ++second) {
      goes_on = co_await out.write(std::make_shared<const std::string>(second_of(pitch, second, channels)));
    }
  };
  return response;
}

}  // namespace ringdown::sandbox
