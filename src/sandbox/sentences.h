// How long words take to say, known without saying them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace ringdown::sandbox {

struct Sentence {
  std::string text{};
  Span time{};  // with the pause after it
};

std::vector<Sentence> sentences_of(std::string_view text);
Span speaking_time(std::string_view text);

}  // namespace ringdown::sandbox
