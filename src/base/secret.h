// A text that must not be shown. It has no operator<<, no conversion and no formatter, so that printing one
// does not compile; whoever needs the text asks for it by name.
#pragma once

#include <string>
#include <utility>

namespace ringdown {

class Secret {
 public:
  explicit Secret(std::string text) : text_(std::move(text)) {}

  const std::string& reveal() const { return text_; }

 private:
  std::string text_;
};

}  // namespace ringdown
