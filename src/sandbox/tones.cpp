#include "sandbox/tones.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>

namespace ringdown::sandbox {
namespace {

constexpr double loudness = 6000;
constexpr int fade = samples_per_second / 100;  // without one it clicks

constexpr double beep_pitch = 1000;
constexpr double hum_pitch = 220;

Samples two_tones(double low, double high, Span time) {
  Samples samples(static_cast<std::size_t>(samples_in(time)));
  const int count = static_cast<int>(samples.size());
  for (int n = 0; n < count; ++n) {
    const double turns = 2 * std::numbers::pi * n / samples_per_second;
    const double swell =
        std::min({1.0, static_cast<double>(n) / fade, static_cast<double>(count - n) / fade});
    const double value = loudness * swell * (std::sin(turns * low) + std::sin(turns * high)) / 2;
    samples[static_cast<std::size_t>(n)] = static_cast<std::int16_t>(value);
  }
  return samples;
}

}  // namespace

Samples beep() {
  return two_tones(beep_pitch, beep_pitch, beep_time);
}

// Each key has the tone of its row and that of its column (ITU-T Q.23).
Samples key(char key) {
  constexpr std::string_view keys = "123456789*0#";
  constexpr double rows[] = {697, 770, 852, 941};
  constexpr double columns[] = {1209, 1336, 1477};
  const auto place = keys.find(key);
  if (place == keys.npos) return {};
  return two_tones(rows[place / 3], columns[place % 3], key_time);
}

Samples hum(Span time) {
  return two_tones(hum_pitch, hum_pitch * 1.5, time);
}

}  // namespace ringdown::sandbox
