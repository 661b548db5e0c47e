#include "sandbox/voice.h"

#include <flite/flite.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>

extern "C" {
cst_voice* register_cmu_us_slt(const char* folder);
cst_voice* register_cmu_us_awb(const char* folder);
cst_voice* register_cmu_us_rms(const char* folder);
cst_voice* register_cmu_us_kal(const char* folder);
}

namespace ringdown::sandbox {
namespace {

constexpr std::size_t letters_max = 300;
constexpr std::size_t word_letters_max = 40;
constexpr std::int64_t samples_max = 60 * samples_per_second;

struct Voices {
  Voices() {
    flite_init();
    all = {register_cmu_us_slt(nullptr), register_cmu_us_awb(nullptr), register_cmu_us_rms(nullptr),
           register_cmu_us_kal(nullptr)};
  }

  std::array<cst_voice*, 4> all{};  // in the enum's order; flite keeps them
  std::mutex turn;
};

Voices& voices() {
  static Voices all;
  return all;
}

struct Delete {
  void operator()(cst_wave* wave) const { delete_wave(wave); }
};
using Wave = std::unique_ptr<cst_wave, Delete>;

// What flite reads without surprises: ASCII, in words that a person would call words.
std::string readable(std::string_view sentence) {
  std::string text;
  std::size_t word = 0;
  for (const char c : sentence.substr(0, letters_max)) {
    const bool prints = c > ' ' && c <= '~';
    word = prints ? word + 1 : 0;
    if (word > word_letters_max) {
      text += ' ';
      word = 1;
    }
    text += prints ? c : ' ';
  }
  const bool says_something = text.find_first_not_of(" .,;:!?-") != text.npos;
  return says_something ? text : "";
}

}  // namespace

Samples speak(Voice voice, std::string_view sentence) {
  const std::string text = readable(sentence);
  if (text.empty()) return {};

  Voices& all = voices();
  const std::lock_guard turn(all.turn);
  std::srand(1);  // flite's breath is rand(), and the same words are to be the same sound
  const Wave wave(flite_text_to_wave(text.c_str(), all.all[static_cast<std::size_t>(voice)]));
  if (!wave || wave->num_samples <= 0) return {};
  if (wave->sample_rate != samples_per_second) cst_wave_resample(wave.get(), samples_per_second);
  const auto count = std::min<std::int64_t>(wave->num_samples, samples_max);
  return {wave->samples, wave->samples + count};
}

}  // namespace ringdown::sandbox
