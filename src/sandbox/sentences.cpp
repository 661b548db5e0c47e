#include "sandbox/sentences.h"

#include <algorithm>

#include "base/text.h"

namespace ringdown::sandbox {
namespace {

constexpr double letters_per_second = 14;
constexpr std::size_t letters_of_a_digit = 5;
constexpr double pause_seconds = 1;
constexpr std::size_t sentence_max = 300;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

Span time_of(std::string_view sentence) {
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(sentence, is_digit));
  const std::size_t letters = sentence.size() + digits * (letters_of_a_digit - 1);
  return std::chrono::round<Span>(
      std::chrono::duration<double>(static_cast<double>(letters) / letters_per_second + pause_seconds));
}

// Where the first sentence ends: after its stop, or where it has become too long.
std::size_t end_of_first(std::string_view text) {
  for (std::size_t at = 0; at < std::min(text.size(), sentence_max); ++at) {
    const bool stops = text[at] == '.' || text[at] == '!' || text[at] == '?';
    if (stops && (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n')) return at + 1;
  }
  if (text.size() <= sentence_max) return text.size();
  const auto gap = text.rfind(' ', sentence_max);
  return gap == text.npos || gap == 0 ? sentence_max : gap;
}

}  // namespace

std::vector<Sentence> sentences_of(std::string_view text) {
  std::vector<Sentence> all;
  for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
    const std::string_view first = text.substr(0, end_of_first(text));
    all.push_back({std::string(first), time_of(first)});
    text.remove_prefix(first.size());
  }
  return all;
}

Span speaking_time(std::string_view text) {
  Span time{0};
  for (const Sentence& one : sentences_of(text)) time += one.time;
  return time;
}

}  // namespace ringdown::sandbox
