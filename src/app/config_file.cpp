#include "app/config_file.h"

#include <algorithm>

namespace ringdown {
namespace {

using Type = FileEntry::Type;

bool all_texts(const TomlNode& list) {
  return std::ranges::all_of(list.items, [](const TomlNode& item) { return item.kind == TomlKind::text; });
}

FileEntry entry_of(const TomlNode& node) {
  FileEntry entry{node.key, Type::other, {}, node.line};
  if (node.kind == TomlKind::text) {
    entry.type = Type::text;
    entry.values = {node.text};
  } else if (node.kind == TomlKind::integer) {
    entry.type = Type::number;
    entry.values = {std::to_string(node.integer)};
  } else if (node.kind == TomlKind::boolean) {
    entry.type = Type::yes_no;
    entry.values = {node.truth ? "true" : "false"};
  } else if (node.kind == TomlKind::list && all_texts(node)) {
    entry.type = Type::list;
    for (const TomlNode& item : node.items) entry.values.push_back(item.text);
  }
  return entry;
}

}  // namespace

std::expected<std::vector<FileEntry>, TomlSyntaxError> read_entries(std::string_view text) {
  const auto root = parse_toml(text);
  if (!root) return std::unexpected(root.error());

  std::vector<FileEntry> entries;
  for (const TomlNode& node : root->items) entries.push_back(entry_of(node));
  return entries;
}

}  // namespace ringdown
