// The one table of what can be set. Command line, environment, file, help, doctor and messages all derive
// from it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/config.h"

namespace ringdown {

enum class Shape { text, list, number, yes_no };

struct Refusal {
  std::string value;
  std::string why;  // "is no …; use …"
};

struct Option {
  std::string_view key;  // as in the file: database_url
  Shape shape;
  std::string_view value_name;
  std::string_view standard = {};  // empty: not set
  std::string_view help;
  std::optional<Refusal> (*take)(Config&, std::span<const std::string> values) = nullptr;
  std::string_view own_variable = {};  // where it is not RINGDOWN_ and the key
  bool secret = false;
  bool in_file = true;

  std::string flag() const;      // --database-url
  std::string variable() const;  // DATABASE_URL
};

std::span<const Option> options();
const Option* option_of(std::string_view key);

// The values in `text` as flag or variable spell them: a list is separated by commas.
std::vector<std::string> values_of(const Option&, std::string_view text);

}  // namespace ringdown
