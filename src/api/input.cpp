#include "api/input.h"

#include <algorithm>

#include "base/expect.h"
#include "net/url.h"

namespace ringdown {
namespace {

bool is_literal(std::string_view text) {
  if (text == "true" || text == "false") return true;
  const auto tree = parse_json(text);
  return tree && tree->root().kind() == JsonKind::number && tree->root().text() == text;
}

void write_text(JsonWriter& out, std::string_view text, bool may_be_literal) {
  if (may_be_literal && is_literal(text)) {
    out.raw(text);
  } else {
    out.text(text);
  }
}

std::optional<TextKind> kind_of(const Input& query, std::string_view name) {
  for (std::size_t i = 0; i < query.shape->members.size(); ++i) {
    if (goes_by(query.shape->members[i], name)) return query.text_kinds[i];
  }
  return std::nullopt;
}

// Everything of one name, where that stands for a list, is written at the name's first place.
void write_list(JsonWriter& out, const QueryPairs& pairs, std::string_view name, bool may_be_literal) {
  out.begin_list();
  for (std::string_view text : pairs.all(name)) write_text(out, text, may_be_literal);
  out.end_list();
}

// The query as the JSON it means, so that both are read, judged and complained about by the same code.
std::string as_json(const Input& query, const QueryPairs& pairs) {
  std::string json;
  JsonWriter out(json);
  std::vector<std::string_view> lists;
  out.begin_object();
  for (const auto& [name, text] : pairs) {
    const TextKind kind = kind_of(query, name).value_or(TextKind::text);
    const bool list = kind == TextKind::texts || kind == TextKind::literals;
    if (list && std::ranges::find(lists, name) != lists.end()) continue;

    out.key(name);
    if (list) {
      write_list(out, pairs, name, kind == TextKind::literals);
      lists.push_back(name);
    } else {
      write_text(out, text, kind == TextKind::literal);
    }
  }
  out.end_object();
  return json;
}

Result<void> read_as(const Input& input, JsonNode node, void* value, std::string_view inside = {}) {
  JsonReader in;
  if (input.read(in, node, value)) return {};
  if (!inside.empty()) in.inside(inside);
  return std::unexpected(in.failure());
}

Result<void> read_json_text(const Input& input, std::string_view json, const JsonLimits& limits,
                            void* value) {
  const auto tree = parse_json(json, limits);
  if (!tree) return std::unexpected(tree.error());
  return read_as(input, tree->root(), value);
}

Result<void> read_query(const Input& input, std::string_view query, void* value) {
  const auto pairs = QueryPairs::parse(query);
  if (!pairs) return std::unexpected(pairs.error());
  return read_json_text(input, as_json(input, *pairs), {}, value);
}

Result<void> read_path(const Input& input, std::string_view name, std::string_view text, void* value) {
  std::string json;
  JsonWriter out(json);
  out.text(text);
  const auto tree = parse_json(json);
  if (!tree) return fail(Reason::invalid, std::string(name) + ": " + tree.error().text, std::string(name));
  return read_as(input, tree->root(), value, name);
}

}  // namespace

Result<void> read_inputs(const InputTexts& texts, std::span<const Input> inputs,
                         std::span<void* const> values) {
  std::size_t path_at = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    Result<void> read;
    switch (inputs[i].from) {
      case Input::From::path:
        expect(path_at < texts.path_values.size(), "a route has a {name} for every Path of its handler");
        read = read_path(inputs[i], texts.path_names[path_at], texts.path_values[path_at], values[i]);
        ++path_at;
        break;
      case Input::From::query: read = read_query(inputs[i], texts.query, values[i]); break;
      case Input::From::body: {
        const JsonLimits limits{.bytes = texts.body_bytes_max};
        read = read_json_text(inputs[i], texts.body.empty() ? "{}" : texts.body, limits, values[i]);
        break;
      }
    }
    if (!read) return read;
  }
  return {};
}

Result<void> refuse_any_query(std::string_view query) {
  const auto pairs = QueryPairs::parse(query);
  if (!pairs) return std::unexpected(pairs.error());
  if (pairs->size() == 0) return {};

  const std::string name = excerpt(pairs->begin()->first);
  return fail(Reason::invalid, name + ": unknown field; this route takes no query", name);
}

}  // namespace ringdown
