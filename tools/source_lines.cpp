#include "source_lines.h"

#include <cctype>
#include <fstream>

namespace lint {
namespace {

bool in_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Walks through a file and drops what is not code. Only block comments and raw strings reach over a line's
// end.
class Stripper {
 public:
  std::string strip(std::string_view line) {
    code_.clear();
    line_ = line;
    at_ = 0;
    while (at_ < line_.size()) step();
    return code_;
  }

 private:
  void step() {
    if (!until_.empty()) return skip_to_end_mark();
    if (starts("//")) {
      at_ = line_.size();
    } else if (starts("/*")) {
      until_ = "*/";
    } else if (starts("R\"") && !after_word()) {
      begin_raw_string();
    } else if (line_[at_] == '"' || (line_[at_] == '\'' && !after_word())) {
      skip_literal(line_[at_]);
    } else {
      code_ += line_[at_++];
    }
  }

  void skip_to_end_mark() {
    const auto end = line_.find(until_, at_);
    if (end == std::string_view::npos) {
      at_ = line_.size();
      return;
    }
    at_ = end + until_.size();
    until_.clear();
  }

  void begin_raw_string() {
    const auto open = line_.find('(', at_);
    until_ = ")" + std::string(line_.substr(at_ + 2, open - at_ - 2)) + "\"";
    at_ = open == std::string_view::npos ? line_.size() : open + 1;
  }

  void skip_literal(char quote) {
    for (++at_; at_ < line_.size() && line_[at_] != quote; ++at_) {
      if (line_[at_] == '\\') ++at_;
    }
    at_ = std::min(at_ + 1, line_.size());
    code_ += quote;
    code_ += quote;
  }

  bool starts(std::string_view mark) const { return line_.substr(at_).starts_with(mark); }
  bool after_word() const { return at_ > 0 && in_word(line_[at_ - 1]); }  // as in 1'000 or u8R

  std::string until_;  // what ends the comment or raw string we are in
  std::string code_;
  std::string_view line_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Line> read_lines(const std::filesystem::path& path) {
  std::vector<Line> lines;
  std::ifstream file(path);
  Stripper stripper;
  for (std::string text; std::getline(file, text);) {
    std::string code = stripper.strip(text);
    lines.push_back({std::move(text), std::move(code)});
  }
  return lines;
}

bool uses(std::string_view code, std::string_view word) {
  const char ending = word.back();
  if (ending == '*' || ending == '(') word.remove_suffix(1);

  for (auto at = code.find(word); at != std::string_view::npos; at = code.find(word, at + 1)) {
    if (at > 0 && in_word(code[at - 1])) continue;
    std::string_view rest = code.substr(at + word.size());
    if (ending == '*') return true;
    if (!rest.empty() && in_word(rest.front())) continue;
    if (ending != '(') return true;
    const auto next = rest.find_first_not_of(' ');
    if (next != std::string_view::npos && rest[next] == '(') return true;
  }
  return false;
}

}  // namespace lint
