#include "app/config_file.h"

#include <toml++/toml.h>

#include <algorithm>

namespace ringdown {
namespace {

using Type = FileEntry::Type;

FileEntry list_entry(std::string key, const toml::array& array, int line) {
  FileEntry entry{std::move(key), Type::list, {}, line};
  for (const toml::node& node : array) {
    if (!node.is_string()) return {entry.key, Type::other, {}, line};
    entry.values.push_back(node.as_string()->get());
  }
  return entry;
}

FileEntry entry_of(std::string key, const toml::node& node) {
  const int line = static_cast<int>(node.source().begin.line);
  if (const auto* text = node.as_string()) return {std::move(key), Type::text, {text->get()}, line};
  if (const auto* number = node.as_integer()) {
    return {std::move(key), Type::number, {std::to_string(number->get())}, line};
  }
  if (const auto* yes = node.as_boolean()) {
    return {std::move(key), Type::yes_no, {yes->get() ? "true" : "false"}, line};
  }
  if (const auto* array = node.as_array()) return list_entry(std::move(key), *array, line);
  return {std::move(key), Type::other, {}, line};
}

}  // namespace

std::expected<std::vector<FileEntry>, SyntaxError> read_toml(std::string_view text) try {
  std::vector<FileEntry> entries;
  for (const auto& [key, node] : toml::parse(text)) entries.push_back(entry_of(std::string(key.str()), node));
  std::ranges::stable_sort(entries, {}, &FileEntry::line);
  return entries;
} catch (const toml::parse_error& error) {
  const auto at = error.source().begin;
  return std::unexpected(SyntaxError{static_cast<int>(at.line), static_cast<int>(at.column)});
}

}  // namespace ringdown
