// The configuration file as text → its entries, in the order of the lines. toml++ is in the .cpp only.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace ringdown {

struct FileEntry {
  enum class Type { text, number, yes_no, list, other };

  std::string key;
  Type type;
  std::vector<std::string> values;  // as flags would spell them; of a list, its texts
  int line;
};

struct SyntaxError {
  int line;
  int column;
};

// The library's own wording is dropped: it quotes the file, and with it perhaps a secret.
std::expected<std::vector<FileEntry>, SyntaxError> read_toml(std::string_view text);

}  // namespace ringdown
