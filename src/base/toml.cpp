#include "base/toml.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "base/json_tree.h"
#include "base/text.h"

namespace ringdown {
namespace {

constexpr std::size_t complaints_max = 20;

TomlNode node_of(const toml::node& node, std::string key, std::string path);

template <class Values>
std::vector<TomlNode> fields_of(const Values& table, const std::string& path) {
  std::vector<TomlNode> fields;
  std::vector<std::pair<toml::source_position, std::size_t>> order;
  for (const auto& [key, value] : table) {
    order.emplace_back(key.source().begin, fields.size());
    fields.push_back(node_of(value, std::string(key.str()), path_of(path, key.str())));
  }
  std::ranges::sort(order);

  std::vector<TomlNode> sorted;
  for (const auto& [at, index] : order) sorted.push_back(std::move(fields[index]));
  return sorted;
}

std::vector<TomlNode> items_of(const toml::array& list, const std::string& path) {
  std::vector<TomlNode> items;
  for (const toml::node& item : list) items.push_back(node_of(item, {}, path_of(path, items.size())));
  return items;
}

std::chrono::year_month_day day_of(const toml::date& date) {
  return {std::chrono::year(date.year), std::chrono::month(date.month), std::chrono::day(date.day)};
}

void take_value(TomlNode& to, const toml::node& from) {
  if (const auto* text = from.as_string()) {
    to.kind = TomlKind::text;
    to.text = text->get();
  } else if (const auto* integer = from.as_integer()) {
    to.kind = TomlKind::integer;
    to.integer = integer->get();
    to.number = static_cast<double>(integer->get());
  } else if (const auto* number = from.as_floating_point()) {
    to.kind = TomlKind::number;
    to.number = number->get();
  } else if (const auto* boolean = from.as_boolean()) {
    to.kind = TomlKind::boolean;
    to.truth = boolean->get();
  } else if (const auto* date = from.as_date()) {
    to.kind = TomlKind::date;
    to.date = day_of(date->get());
  } else if (const auto* list = from.as_array()) {
    to.kind = TomlKind::list;
    to.items = items_of(*list, to.path);
  } else if (const auto* table = from.as_table()) {
    to.kind = TomlKind::table;
    to.items = fields_of(*table, to.path);
  } else {
    to.kind = TomlKind::other;
  }
}

TomlNode node_of(const toml::node& node, std::string key, std::string path) {
  TomlNode made;
  made.key = std::move(key);
  made.path = std::move(path);
  made.line = static_cast<int>(node.source().begin.line);
  take_value(made, node);
  return made;
}

std::string_view name_of(TomlKind kind) {
  switch (kind) {
    case TomlKind::text: return "a text";
    case TomlKind::integer: return "a whole number";
    case TomlKind::number: return "a number";
    case TomlKind::boolean: return "true or false";
    case TomlKind::date: return "a date";
    case TomlKind::list: return "a list";
    case TomlKind::table: return "a table";
    case TomlKind::other: break;
  }
  return "a time";
}

std::string shown(const TomlNode& node) {
  switch (node.kind) {
    case TomlKind::text: return fmt::format("\"{}\"", excerpt(node.text));
    case TomlKind::integer: return std::to_string(node.integer);
    case TomlKind::number: return fmt::format("{}", node.number);
    case TomlKind::boolean: return node.truth ? "true" : "false";
    default: return std::string(name_of(node.kind));
  }
}

bool is_kind(const TomlNode& node, TomlKind wanted) {
  return node.kind == wanted || (wanted == TomlKind::number && node.kind == TomlKind::integer);
}

}  // namespace

const TomlNode* TomlNode::find(std::string_view of_key) const {
  if (kind != TomlKind::table) return nullptr;
  const auto found = std::ranges::find(items, of_key, &TomlNode::key);
  return found == items.end() ? nullptr : &*found;
}

std::expected<TomlNode, TomlSyntaxError> parse_toml(std::string_view text) try {
  return node_of(toml::parse(text), {}, {});
} catch (const toml::parse_error& error) {
  const auto at = error.source().begin;
  return std::unexpected(TomlSyntaxError{static_cast<int>(at.line), static_cast<int>(at.column)});
}

TomlReader::TomlReader(std::string_view text, std::string file_name) : file_(std::move(file_name)) {
  auto parsed = parse_toml(text);
  if (parsed) {
    root_ = *std::move(parsed);
    return;
  }
  complaints_.push_back(fmt::format("{} line {} column {}: this is no TOML, or a key that was given before",
                                    file_, parsed.error().line, parsed.error().column));
}

std::string_view TomlReader::text(const TomlNode& table, std::string_view key) {
  const TomlNode* node = wanted(table, key, TomlKind::text);
  return node ? std::string_view(node->text) : std::string_view();
}

std::int64_t TomlReader::integer(const TomlNode& table, std::string_view key) {
  const TomlNode* node = wanted(table, key, TomlKind::integer);
  return node ? node->integer : 0;
}

double TomlReader::number(const TomlNode& table, std::string_view key) {
  const TomlNode* node = wanted(table, key, TomlKind::number);
  return node ? node->number : 0;
}

bool TomlReader::truth(const TomlNode& table, std::string_view key) {
  const TomlNode* node = wanted(table, key, TomlKind::boolean);
  return node && node->truth;
}

std::chrono::year_month_day TomlReader::date(const TomlNode& table, std::string_view key) {
  const TomlNode* node = wanted(table, key, TomlKind::date);
  return node ? node->date : std::chrono::year_month_day();
}

std::vector<std::string_view> TomlReader::texts(const TomlNode& table, std::string_view key) {
  const TomlNode* list = wanted(table, key, TomlKind::list);
  std::vector<std::string_view> texts;
  if (!list) return texts;
  for (const TomlNode& item : list->items) {
    if (item.kind == TomlKind::text)
      texts.push_back(item.text);
    else
      complain(item, "must be a text");
  }
  return texts;
}

std::span<const TomlNode> TomlReader::tables(const TomlNode& table, std::string_view key) {
  const TomlNode* list = wanted(table, key, TomlKind::list);
  if (!list) return {};
  for (const TomlNode& item : list->items) {
    if (item.kind == TomlKind::table) continue;
    complain(item, "must be a table");
    return {};
  }
  return list->items;
}

const TomlNode& TomlReader::table(const TomlNode& table, std::string_view key) {
  static const TomlNode nothing;
  const TomlNode* node = wanted(table, key, TomlKind::table);
  return node ? *node : nothing;
}

void TomlReader::refuse_unknown(const TomlNode& table, std::initializer_list<std::string_view> known) {
  for (const TomlNode& field : table.items) {
    if (std::ranges::find(known, field.key) != known.end()) continue;
    const auto meant = closest(field.key, std::span(known.begin(), known.size()));
    note(field.line, fmt::format("{} is not known here{}", field.path,
                                 meant ? fmt::format("; did you mean {}?", *meant) : "; take it out"));
  }
}

void TomlReader::complain(const TomlNode& at, std::string_view what) {
  note(at.line, fmt::format("{} {}; got {}", at.path, what, shown(at)));
}

Result<void> TomlReader::verdict() const {
  if (complaints_.empty()) return {};
  return fail(Reason::invalid, fmt::format("{}", fmt::join(complaints_, "\n")));
}

const TomlNode* TomlReader::wanted(const TomlNode& table, std::string_view key, TomlKind kind) {
  if (table.line == 0) return nullptr;  // it stands for one that is missing, which was said

  const TomlNode* node = table.find(key);
  if (!node) {
    note(table.line, fmt::format("{} is missing; give {}", path_of(table.path, key), name_of(kind)));
  } else if (!is_kind(*node, kind)) {
    complain(*node, fmt::format("must be {}", name_of(kind)));
    node = nullptr;
  }
  return node;
}

void TomlReader::note(int line, std::string_view what) {
  if (complaints_.size() < complaints_max)
    complaints_.push_back(fmt::format("{} line {}: {}", file_, line, what));
}

}  // namespace ringdown
