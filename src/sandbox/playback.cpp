#include "sandbox/playback.h"

#include <algorithm>

namespace ringdown::sandbox {
namespace {

constexpr double bytes_per_second = 8000;
constexpr double seconds_max = 600;
constexpr std::size_t marks_max = 1000;

}  // namespace

bool Playback::add(std::size_t bytes, SteadyTime now) {
  const std::chrono::duration<double> ahead = std::max(ends_, now) - now;
  const double seconds = static_cast<double>(bytes) / bytes_per_second;
  if (ahead.count() * speed_ + seconds > seconds_max) return false;

  ends_ = std::max(ends_, now) +
          std::chrono::round<SteadyTime::duration>(std::chrono::duration<double>(seconds / speed_));
  return true;
}

bool Playback::mark(std::string name, SteadyTime now) {
  if (marks_.size() >= marks_max) return false;
  marks_.emplace_back(std::max(ends_, now), std::move(name));
  return true;
}

std::vector<std::string> Playback::clear(SteadyTime now) {
  ends_ = now;
  return played(SteadyTime::max());
}

std::vector<std::string> Playback::played(SteadyTime now) {
  std::vector<std::string> names;
  while (!marks_.empty() && marks_.front().first <= now) {
    names.push_back(std::move(marks_.front().second));
    marks_.pop_front();
  }
  return names;
}

std::optional<SteadyTime> Playback::next_mark() const {
  return marks_.empty() ? std::nullopt : std::optional(marks_.front().first);
}

}  // namespace ringdown::sandbox
