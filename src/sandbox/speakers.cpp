#include "sandbox/speakers.h"

namespace ringdown::sandbox {
namespace {

constexpr std::size_t samples_kept_max = 8'000'000;  // a quarter of an hour
constexpr std::size_t cost_of_each = 1000;  // in samples, so that there is a bound to silent ones too
constexpr std::size_t waiting_max = 1000;

std::size_t cost_of(const Samples& samples) {
  return samples.size() + cost_of_each;
}

}  // namespace

Speakers::Speakers() : thread_(1, waiting_max) {}

boost::asio::awaitable<std::optional<SamplesPtr>> Speakers::say(Voice voice, std::string sentence) {
  co_return co_await thread_.run([this, key = Key{voice, std::move(sentence)}] { return kept_or_read(key); });
}

SamplesPtr Speakers::kept_or_read(const Key& key) {
  if (closing_) return std::make_shared<const Samples>();
  const auto found = kept_.find(key);
  if (found == kept_.end()) return keep(key, speak(key.first, key.second));

  uses_.splice(uses_.begin(), uses_, found->second.use);
  return found->second.samples;
}

SamplesPtr Speakers::keep(const Key& key, Samples samples) {
  samples_kept_ += cost_of(samples);
  uses_.push_front(key);
  auto made = std::make_shared<const Samples>(std::move(samples));
  kept_.emplace(key, Kept{made, uses_.begin()});
  while (samples_kept_ > samples_kept_max) {
    const auto oldest = kept_.find(uses_.back());
    samples_kept_ -= cost_of(*oldest->second.samples);
    kept_.erase(oldest);
    uses_.pop_back();
  }
  return made;
}

}  // namespace ringdown::sandbox
