// TOML as a tree of plain values that know their line, and a reader for files of ours that people edit: it is
// asked for values in a row, gathers what is wrong with them, and is asked once at the end. toml++ is in the
// .cpp only.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ringdown {

enum class TomlKind : std::uint8_t { text, integer, number, boolean, date, list, table, other };

struct TomlNode {
  TomlKind kind = TomlKind::table;
  std::string key;   // where the value is in a table
  std::string path;  // "ranges[3].prefix"
  int line = 0;
  std::string text;
  std::int64_t integer = 0;
  double number = 0;  // also of an integer
  bool truth = false;
  std::chrono::year_month_day date{};
  std::vector<TomlNode> items;  // of a list or a table, in the order of the text

  const TomlNode* find(std::string_view of_key) const;
};

// The library's own wording is dropped: it quotes the file, and with it perhaps a secret.
struct TomlSyntaxError {
  int line;
  int column;
};

std::expected<TomlNode, TomlSyntaxError> parse_toml(std::string_view text);

// What is missing or of another kind is complained about, and something empty is returned in its place.
class TomlReader {
 public:
  TomlReader(std::string_view text, std::string file_name);

  const TomlNode& root() const { return root_; }

  std::string_view text(const TomlNode& table, std::string_view key);
  std::int64_t integer(const TomlNode& table, std::string_view key);
  double number(const TomlNode& table, std::string_view key);
  bool truth(const TomlNode& table, std::string_view key);
  std::chrono::year_month_day date(const TomlNode& table, std::string_view key);
  std::vector<std::string_view> texts(const TomlNode& table, std::string_view key);
  std::span<const TomlNode> tables(const TomlNode& table, std::string_view key);  // [[key]]
  const TomlNode& table(const TomlNode& table, std::string_view key);             // [key]

  void refuse_unknown(const TomlNode& table, std::initializer_list<std::string_view> known);
  void complain(const TomlNode& at, std::string_view what);  // "must be digits"

  // "numbering.toml line 12: ranges[3].prefix must be digits; got "abc"", a line per complaint.
  Result<void> verdict() const;

 private:
  const TomlNode* wanted(const TomlNode& table, std::string_view key, TomlKind kind);
  void note(int line, std::string_view what);

  std::string file_;
  TomlNode root_;
  std::vector<std::string> complaints_;
};

}  // namespace ringdown
