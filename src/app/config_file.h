// The configuration file as text → its entries, in the order of the lines.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/toml.h"

namespace ringdown {

struct FileEntry {
  enum class Type { text, number, yes_no, list, other };

  std::string key;
  Type type;
  std::vector<std::string> values;  // as flags would spell them; of a list, its texts
  int line;
};

std::expected<std::vector<FileEntry>, TomlSyntaxError> read_entries(std::string_view text);

}  // namespace ringdown
