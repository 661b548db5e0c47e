// Reads the text of assets/numbering.toml; every complaint names the file, the line and the key.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/toml.h"
#include "domain/numbering.h"

namespace ringdown {

class NumberingFile {
 public:
  NumberingFile(std::string_view toml, std::string file_name) : reader_(toml, std::move(file_name)) {}

  Result<Numbering> read();

 private:
  using Nodes = std::vector<const TomlNode*>;

  void read_short_numbers(const TomlNode& entry);
  void read_ranges(const TomlNode& entry);
  void read_area_codes(const TomlNode& entry);
  void read_calling_codes(const TomlNode& table);

  std::optional<NumberKind> kind_of(const TomlNode& entry);
  Nodes texts_of(const TomlNode& entry, std::string_view key);
  void need_source(const TomlNode& entry);
  void need_region(const TomlNode& value);

  TomlReader reader_;
  Numbering made_;
};

}  // namespace ringdown
