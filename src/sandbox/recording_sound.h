// A recording as sound, made second by second while it is fetched: what was said where it ran, silence
// elsewhere.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/recording.h"
#include "sandbox/speakers.h"

namespace ringdown::sandbox {

class RecordingSound {
 public:
  RecordingSound(const Recording&, Speakers&);

  // The samples of all channels as a WAV has them. Seconds are asked for in order. Nothing where too many
  // wait for the speakers.
  boost::asio::awaitable<std::optional<std::string>> second(int n);

 private:
  struct Part {  // of a recording
    std::int64_t call_begin;
    std::int64_t begin;
    std::int64_t end;
  };
  using Mix = std::vector<std::int32_t>;

  boost::asio::awaitable<bool> add(Mix&, std::int64_t mix_begin, const Part&);
  boost::asio::awaitable<SamplesPtr> samples_of(std::size_t utterance);
  void add(Mix&, std::int64_t mix_at, std::int64_t call_at, std::int64_t count, std::size_t utterance) const;

  int channels_;
  std::vector<Part> parts_;
  std::vector<Utterance> said_;
  std::vector<SamplesPtr> samples_;  // of each of them, while it is heard
  Speakers& speakers_;
};

}  // namespace ringdown::sandbox
