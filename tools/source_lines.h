// A source file as the lint reads it: line by line, once as written and once without comments and literals.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lint {

struct Line {
  std::string text;  // as written
  std::string code;  // comments gone, the inside of literals gone
};

std::vector<Line> read_lines(const std::filesystem::path&);

// Does the code use this identifier? `word*` is the beginning of one, `word(` a call.
bool uses(std::string_view code, std::string_view word);

}  // namespace lint
