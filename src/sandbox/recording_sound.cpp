#include "sandbox/recording_sound.h"

#include <algorithm>
#include <limits>

#include "sandbox/tones.h"

namespace ringdown::sandbox {
namespace {

std::string as_bytes(const std::vector<std::int32_t>& mix) {
  std::string bytes;
  bytes.reserve(mix.size() * 2);
  for (const std::int32_t sum : mix) {
    constexpr std::int32_t low = std::numeric_limits<std::int16_t>::min();
    constexpr std::int32_t high = std::numeric_limits<std::int16_t>::max();
    const auto sample = static_cast<std::uint16_t>(std::clamp(sum, low, high));
    bytes += static_cast<char>(sample & 0xff);
    bytes += static_cast<char>(sample >> 8);
  }
  return bytes;
}

Samples tone_of(const Utterance& one) {
  if (one.kind == Utterance::Kind::beep) return beep();
  if (one.kind == Utterance::Kind::key) return key(one.text.front());
  return hum(one.until - one.at);
}

std::int64_t end_of(const Utterance& one) {
  return one.until == Span::max() ? std::numeric_limits<std::int64_t>::max() : samples_in(one.until);
}

}  // namespace

RecordingSound::RecordingSound(const Recording& recording, Speakers& speakers)
    : channels_(recording.channels()),
      said_(recording.sounds->all()),
      samples_(said_.size()),
      speakers_(speakers) {
  std::int64_t at = 0;
  for (const Recording::Piece& piece : recording.pieces) {
    const std::int64_t end = at + samples_in(piece.length);
    parts_.push_back({samples_in(piece.from), at, end});
    at = end;
  }
}

boost::asio::awaitable<std::optional<std::string>> RecordingSound::second(int n) {
  Mix mix(static_cast<std::size_t>(samples_per_second * channels_));
  for (const Part& part : parts_) {
    if (!co_await add(mix, n * samples_per_second, part)) co_return std::nullopt;
  }
  co_return as_bytes(mix);
}

// The part's share of the second that begins there.
boost::asio::awaitable<bool> RecordingSound::add(Mix& mix, std::int64_t mix_begin, const Part& part) {
  const std::int64_t begin = std::max(part.begin, mix_begin);
  const std::int64_t count = std::min(part.end, mix_begin + samples_per_second) - begin;
  if (count <= 0) co_return true;

  const std::int64_t call_at = part.call_begin + begin - part.begin;
  for (std::size_t i = 0; i < said_.size(); ++i) {
    if (end_of(said_[i]) <= call_at) samples_[i].reset();
    if (end_of(said_[i]) <= call_at || samples_in(said_[i].at) >= call_at + count) continue;
    if (!samples_[i]) samples_[i] = co_await samples_of(i);
    if (!samples_[i]) co_return false;
    add(mix, begin - mix_begin, call_at, count, i);
  }
  co_return true;
}

boost::asio::awaitable<SamplesPtr> RecordingSound::samples_of(std::size_t utterance) {
  const Utterance& one = said_[utterance];
  if (one.kind != Utterance::Kind::words) co_return std::make_shared<const Samples>(tone_of(one));
  const auto spoken = co_await speakers_.say(one.voice, one.text);
  co_return spoken ? *spoken : nullptr;
}

void RecordingSound::add(Mix& mix, std::int64_t mix_at, std::int64_t call_at, std::int64_t count,
                         std::size_t utterance) const {
  const Utterance& one = said_[utterance];
  const Samples& samples = *samples_[utterance];
  const std::int64_t said_at = samples_in(one.at);
  const std::int64_t said_end = std::min(end_of(one), said_at + static_cast<std::int64_t>(samples.size()));
  const int channel = channels_ == 2 && one.who == Who::us ? 1 : 0;
  for (std::int64_t at = std::max(call_at, said_at); at < std::min(call_at + count, said_end); ++at) {
    const auto place = static_cast<std::size_t>((mix_at + at - call_at) * channels_ + channel);
    mix[place] += samples[static_cast<std::size_t>(at - said_at)];
  }
}

}  // namespace ringdown::sandbox
