#include "sandbox/soundtrack.h"

#include <algorithm>

#include "sandbox/sentences.h"

namespace ringdown::sandbox {
namespace {

// Of one call; what comes after it is said, and not kept.
constexpr std::size_t utterances_max = 500;
constexpr std::size_t letters_max = 64 * 1024;

}  // namespace

void Soundtrack::say(Span at, Who who, Voice voice, std::string_view text) {
  hush(at, who);
  const auto sentences = sentences_of(text);
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const bool last = i + 1 == sentences.size();
    add({.who = who,
         .at = at,
         .until = last ? Span::max() : at + sentences[i].time,
         .voice = voice,
         .text = sentences[i].text});
    at += sentences[i].time;
  }
  busy_until_[static_cast<std::size_t>(who)] = at;
}

void Soundtrack::add(Utterance one) {
  if (all_.size() >= utterances_max || letters_ + one.text.size() > letters_max) return;
  letters_ += one.text.size();
  all_.push_back(std::move(one));
}

void Soundtrack::hush(Span at, Who who) {
  std::erase_if(all_, [&](const Utterance& one) { return one.who == who && one.at >= at; });
  for (Utterance& one : all_) {
    if (one.who == who) one.until = std::min(one.until, at);
  }
  busy_until_[static_cast<std::size_t>(who)] = std::min(busy_until(who), at);
}

}  // namespace ringdown::sandbox
