#include "base/json_schema.h"

#include "base/expect.h"

namespace ringdown {
namespace {

std::string_view format_of(Form form) {
  switch (form) {
    case Form::any:
    case Form::line: return {};
    case Form::email: return "email";
    case Form::url: return "uri";
    case Form::uuid: return "uuid";
    case Form::date: return "date";
  }
  return {};
}

// What JSON schema has no format for.
std::string_view pattern_of(Form form) {
  if (form != Form::line) return {};
  return R"(^[^\u0000-\u001f\u007f]*[^\u0000-\u0020\u007f][^\u0000-\u001f\u007f]*$)";
}

void write_pair(JsonWriter& out, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  out.key(key);
  out.text(text);
}

void write_lengths(JsonWriter& out, const ValueRule& rule, std::string_view min_key,
                   std::string_view max_key) {
  if (rule.length_min != 0) {
    out.key(min_key);
    out.unsigned_integer(rule.length_min);
  }
  if (rule.length_max != ValueRule::any_length) {
    out.key(max_key);
    out.unsigned_integer(rule.length_max);
  }
}

void write_limit(JsonWriter& out, std::string_view key, double limit) {
  if (limit == ValueRule::any_number || limit == -ValueRule::any_number) return;
  out.key(key);
  out.real(limit);
}

}  // namespace

void SchemaSink::refer(JsonWriter& out, const SchemaPlace& place, const std::string& name,
                       std::string_view type, const std::function<void(JsonWriter&)>& describe) {
  const auto [component, first] = components_.try_emplace(name, Component{std::string(type), {}});
  if (first) {  // entered before it is described: a struct may hold itself
    std::string schema;
    JsonWriter inner(schema);
    describe(inner);
    component->second.schema = std::move(schema);
  }
  expect(component->second.type == type, "two types share the schema name " + name + "; give one a named(…)");

  const auto write_reference = [&] {
    out.key("$ref");
    out.text("#/components/schemas/" + name);
  };
  out.begin_object();
  write_pair(out, "description", place.says);
  if (place.nullable) {
    out.key("anyOf");
    out.begin_list();
    out.begin_object();
    write_reference();
    out.end_object();
    out.begin_object();
    write_pair(out, "type", "null");
    out.end_object();
    out.end_list();
  } else {
    write_reference();
  }
  out.end_object();
}

void SchemaSink::write_components(JsonWriter& out) const {
  out.begin_object();
  for (const auto& [name, component] : components_) {
    out.key(name);
    out.raw(component.schema);
  }
  out.end_object();
}

void begin_schema(JsonWriter& out, std::string_view type, const SchemaPlace& place) {
  out.begin_object();
  out.key("type");
  if (place.nullable) {
    out.begin_list();
    out.text(type);
    out.text("null");
    out.end_list();
  } else {
    out.text(type);
  }
  write_pair(out, "description", place.says);
  if (type == "array") write_lengths(out, place.rule, "minItems", "maxItems");
  if (type == "object") write_lengths(out, place.rule, "minProperties", "maxProperties");
}

void write_text_schema(JsonWriter& out, const SchemaPlace& place, std::string_view format) {
  begin_schema(out, "string", place);
  write_pair(out, "format", format.empty() ? format_of(place.rule.form) : format);
  write_pair(out, "pattern", pattern_of(place.rule.form));
  write_lengths(out, place.rule, "minLength", "maxLength");
  out.end_object();
}

void write_number_schema(JsonWriter& out, std::string_view type, const SchemaPlace& place,
                         std::string_view format) {
  begin_schema(out, type, place);
  write_pair(out, "format", format);
  write_limit(out, "minimum", place.rule.min);
  write_limit(out, "maximum", place.rule.max);
  out.end_object();
}

void write_words_schema(JsonWriter& out, const SchemaPlace& place, std::span<const std::string> words) {
  begin_schema(out, "string", place);
  out.key("enum");
  out.begin_list();
  for (const std::string& word : words) out.text(word);
  if (place.nullable) out.null();
  out.end_list();
  out.end_object();
}

void write_any_schema(JsonWriter& out, const SchemaPlace& place) {
  out.begin_object();
  write_pair(out, "description", place.says);
  out.end_object();
}

std::string component_name(std::string_view type) {
  std::string name;
  std::string part;
  const auto finish_part = [&] {
    if (!part.empty()) name += (name.empty() ? "" : "_") + part;
    part.clear();
  };
  for (char c : type) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (word) {
      part += c;
    } else if (c == ':') {
      part.clear();  // what stood before it was a namespace
    } else {
      if (part != "anonymous" && part != "namespace") finish_part();
      part.clear();
    }
  }
  finish_part();
  return name;
}

}  // namespace ringdown
