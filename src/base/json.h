// JSON ⇄ described structs. One description (BOOST_DESCRIBE_STRUCT, and json_rules where there is more to
// say) gives the reader with its messages, the writer and the schema. Boost.JSON stays behind
// base/json_tree.cpp.
//
//   auto input = read_json<RegisterInput>(body);   // Result: "password: 8 to 128 characters; got 3"
//   std::string text = write_json(answer);         // members in their order
//
// Reading is strict: unknown and repeated fields, missing members, wrong types and broken rules are refused
// with the path of the culprit. A std::optional member may be missing or null;
// std::optional<std::optional<T>> tells the two apart (nothing: not given; holding nothing: null). A type of
// one's own takes part by specialising JsonCodec.
#pragma once

#include <array>
#include <concepts>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/enums.h"
#include "base/ids.h"
#include "base/json_raw.h"
#include "base/json_reader.h"
#include "base/json_rules.h"
#include "base/json_schema.h"
#include "base/json_tree.h"
#include "base/json_writer.h"
#include "base/result.h"
#include "base/time.h"

namespace ringdown {

// How one type stands in JSON:
//   static bool read(JsonReader&, JsonNode, T& into);   false after JsonReader::refuse
//   static void write(JsonWriter&, const T&);
//   static void schema(SchemaSink&, JsonWriter&, const SchemaPlace&);
template <class T>
struct JsonCodec;

// Other words that are read for an enum's value.
template <DescribedEnum E>
struct JsonSynonym {
  std::string_view word;
  E value;
};
template <DescribedEnum E>
inline constexpr std::array<JsonSynonym<E>, 0> json_synonyms{};

template <class T>
bool keeps_rule(JsonReader& in, const ValueRule& rule, const ValueRule& each, const T& value) {
  const auto kept = [&in](std::string broken) { return broken.empty() || in.refuse(std::move(broken)); };

  if constexpr (IsOptional<T>::value) {
    return !value || keeps_rule(in, rule, each, *value);
  } else if constexpr (std::same_as<T, std::string>) {
    return kept(broken_by_text(rule, value));
  } else if constexpr (std::is_arithmetic_v<T>) {
    return kept(broken_by_number(rule, static_cast<double>(value)));
  } else if constexpr (requires {
                         value.size();
                         typename rule::Inner<T>::type;
                       }) {
    return kept(broken_by_count(rule, value.size())) && items_keep_rule(in, each, value);
  } else {
    return true;
  }
}

template <class Item>
bool items_keep_rule(JsonReader& in, const ValueRule& rule, const std::vector<Item>& items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!keeps_rule<Item>(in, rule, {}, items[i])) return in.inside(i);
  }
  return true;
}

template <class Item>
bool items_keep_rule(JsonReader& in, const ValueRule& rule, const std::map<std::string, Item>& items) {
  for (const auto& [key, item] : items) {
    if (!keeps_rule<Item>(in, rule, {}, item)) return in.inside(key);
  }
  return true;
}

// A described struct with its types taken away, so that walking it is compiled once.
struct JsonMember {
  std::string_view name;
  const MemberRule* rule;
  bool required;
  bool (*read)(JsonReader&, JsonNode, const MemberRule&, void* object);
  void (*write)(JsonWriter&, const void* object);
  bool (*is_empty)(const void* object);
  void (*schema)(SchemaSink&, JsonWriter&, const MemberRule&);
};

struct JsonShape {
  std::string_view type;
  const StructRule* rule;
  std::span<const JsonMember> members;
};

bool goes_by(const JsonMember&, std::string_view name);  // its own or one of its others
enum class Members { all_required, any };

bool read_members(JsonReader&, JsonNode, const JsonShape&, void* object, std::uint64_t& given);
bool read_object(JsonReader&, JsonNode, const JsonShape&, void* object);  // with all that are required
void write_object(JsonWriter&, const JsonShape&, const void* object);
void write_object_schema(SchemaSink&, JsonWriter&, const SchemaPlace&, const JsonShape&,
                         Members = Members::all_required);

template <class T>
consteval std::string_view type_text() {
  std::string_view text = __PRETTY_FUNCTION__;
  text.remove_prefix(text.find("T = ") + 4);
  return text.substr(0, text.size() - 1);
}

template <class T, class Described>
struct JsonMemberOf {
  using Member = std::remove_cvref_t<decltype(std::declval<T>().*Described::pointer)>;

  static bool read(JsonReader& in, JsonNode node, const MemberRule& rule, void* object) {
    Member& member = static_cast<T*>(object)->*Described::pointer;
    return JsonCodec<Member>::read(in, node, member) && keeps_rule(in, rule.value, rule.each, member);
  }
  static void write(JsonWriter& out, const void* object) {
    JsonCodec<Member>::write(out, static_cast<const T*>(object)->*Described::pointer);
  }
  static bool is_empty(const void* object) {
    if constexpr (IsOptional<Member>::value) {
      return !(static_cast<const T*>(object)->*Described::pointer).has_value();
    } else {
      return false;
    }
  }
  static void schema(SchemaSink& sink, JsonWriter& out, const MemberRule& rule) {
    JsonCodec<Member>::schema(sink, out, {.rule = rule.value, .each = rule.each, .says = rule.says});
  }
  static constexpr JsonMember erased(const MemberRule& rule) {
    return {Described::name, &rule, !IsOptional<Member>::value && !rule.may_be_missing, read, write,
            is_empty,        schema};
  }
};

template <DescribedStruct T>
struct JsonShapeOf {
  static_assert(boost::mp11::mp_size<MembersOf<T>>::value <= 64, "one bit per member");

  template <class... Described>
  static constexpr auto erase(boost::mp11::mp_list<Described...>) {
    std::size_t index = 0;
    return std::array<JsonMember, sizeof...(Described)>{
        JsonMemberOf<T, Described>::erased(json_rules<T>.members[index++])...};
  }
  static constexpr auto members = erase(boost::mp11::mp_rename<MembersOf<T>, boost::mp11::mp_list>{});
  static constexpr JsonShape shape{type_text<T>(), &json_rules<T>.whole, members};
};

template <DescribedStruct T>
struct JsonCodec<T> {
  static bool read(JsonReader& in, JsonNode node, T& into) {
    return read_object(in, node, JsonShapeOf<T>::shape, &into);
  }
  static void write(JsonWriter& out, const T& value) { write_object(out, JsonShapeOf<T>::shape, &value); }
  static void schema(SchemaSink& sink, JsonWriter& out, const SchemaPlace& place) {
    write_object_schema(sink, out, place, JsonShapeOf<T>::shape);
  }
};

template <>
struct JsonCodec<bool> {
  static bool read(JsonReader& in, JsonNode node, bool& into) { return in.boolean(node, into); }
  static void write(JsonWriter& out, bool value) { out.boolean(value); }
  static void schema(SchemaSink&, JsonWriter& out, const SchemaPlace& place) {
    begin_schema(out, "boolean", place);
    out.end_object();
  }
};

template <std::integral I>
struct JsonCodec<I> {
  using Limits = std::numeric_limits<I>;

  static bool read(JsonReader& in, JsonNode node, I& into) {
    if constexpr (std::signed_integral<I>) {
      std::int64_t number = 0;
      if (!in.integer(node, Limits::min(), Limits::max(), number)) return false;
      into = static_cast<I>(number);
    } else {
      std::uint64_t number = 0;
      if (!in.unsigned_integer(node, Limits::max(), number)) return false;
      into = static_cast<I>(number);
    }
    return true;
  }
  static void write(JsonWriter& out, I value) {
    if constexpr (std::signed_integral<I>) {
      out.integer(value);
    } else {
      out.unsigned_integer(value);
    }
  }
  static void schema(SchemaSink&, JsonWriter& out, SchemaPlace place) {
    constexpr bool wide = sizeof(I) == 8;  // its limits are no doubles
    if (!wide || std::unsigned_integral<I>) place.rule.min = std::max(place.rule.min, double(Limits::min()));
    if (!wide) place.rule.max = std::min(place.rule.max, static_cast<double>(Limits::max()));
    write_number_schema(out, "integer", place, wide ? "int64" : "int32");
  }
};

template <>
struct JsonCodec<double> {
  static bool read(JsonReader& in, JsonNode node, double& into) { return in.real(node, into); }
  static void write(JsonWriter& out, double value) { out.real(value); }
  static void schema(SchemaSink&, JsonWriter& out, const SchemaPlace& place) {
    write_number_schema(out, "number", place);
  }
};

template <>
struct JsonCodec<std::string> {
  static bool read(JsonReader& in, JsonNode node, std::string& into) {
    std::string_view text;
    if (!in.text(node, text)) return false;
    into = text;
    return true;
  }
  static void write(JsonWriter& out, const std::string& value) { out.text(value); }
  static void schema(SchemaSink&, JsonWriter& out, const SchemaPlace& place) {
    write_text_schema(out, place);
  }
};

template <>
struct JsonCodec<Uuid> {
  static bool read(JsonReader&, JsonNode, Uuid& into);
  static void write(JsonWriter& out, const Uuid& value) { out.text(to_text(value)); }
  static void schema(SchemaSink&, JsonWriter& out, const SchemaPlace& place) {
    write_text_schema(out, place, "uuid");
  }
};

template <class Of>
struct JsonCodec<Id<Of>> {
  static bool read(JsonReader& in, JsonNode node, Id<Of>& into) {
    return JsonCodec<Uuid>::read(in, node, into.value);
  }
  static void write(JsonWriter& out, const Id<Of>& value) { JsonCodec<Uuid>::write(out, value.value); }
  static void schema(SchemaSink& sink, JsonWriter& out, const SchemaPlace& place) {
    JsonCodec<Uuid>::schema(sink, out, place);
  }
};

template <>
struct JsonCodec<Time> {
  static bool read(JsonReader&, JsonNode, Time& into);
  static void write(JsonWriter& out, Time value) { out.text(to_text(value)); }
  static void schema(SchemaSink&, JsonWriter& out, const SchemaPlace& place) {
    write_text_schema(out, place, "date-time");
  }
};

template <>
struct JsonCodec<Json> {
  static bool read(JsonReader&, JsonNode node, Json& into) {
    into = to_json(node);
    return true;
  }
  static void write(JsonWriter& out, const Json& value) { out.raw(value.text.empty() ? "null" : value.text); }
  static void schema(SchemaSink&, JsonWriter& out, const SchemaPlace& place) { write_any_schema(out, place); }
};

bool refuse_word(JsonReader&, std::string_view word, std::span<const std::string> words);

template <DescribedEnum E>
struct JsonCodec<E> {
  static bool read(JsonReader& in, JsonNode node, E& into) {
    std::string_view word;
    if (!in.text(node, word)) return false;

    std::optional<E> value = parse_enum<E>(word);
    for (const JsonSynonym<E>& synonym : json_synonyms<E>) {
      if (synonym.word == word) value = synonym.value;
    }
    if (!value) return refuse_word(in, word, words_of<E>());
    into = *value;
    return true;
  }
  static void write(JsonWriter& out, E value) { out.text(to_text(value)); }
  static void schema(SchemaSink&, JsonWriter& out, const SchemaPlace& place) {
    write_words_schema(out, place, words_of<E>());
  }
};

template <class T>
struct JsonCodec<std::optional<T>> {
  static bool read(JsonReader& in, JsonNode node, std::optional<T>& into) {
    if (node.kind() == JsonKind::null && !IsOptional<T>::value) {
      into.reset();
      return true;
    }
    return JsonCodec<T>::read(in, node, into.emplace());
  }
  static void write(JsonWriter& out, const std::optional<T>& value) {
    if (value) {
      JsonCodec<T>::write(out, *value);
    } else {
      out.null();
    }
  }
  static void schema(SchemaSink& sink, JsonWriter& out, SchemaPlace place) {
    place.nullable = true;
    JsonCodec<T>::schema(sink, out, place);
  }
};

template <class T>
struct JsonCodec<std::vector<T>> {
  static bool read(JsonReader& in, JsonNode node, std::vector<T>& into) {
    if (!in.is(node, JsonKind::list)) return false;

    into.clear();
    for (JsonNode item : node) {
      T value{};
      if (!JsonCodec<T>::read(in, item, value)) return in.inside(into.size());
      into.push_back(std::move(value));
    }
    return true;
  }
  static void write(JsonWriter& out, const std::vector<T>& values) {
    out.begin_list();
    for (const auto& value : values) JsonCodec<T>::write(out, value);
    out.end_list();
  }
  static void schema(SchemaSink& sink, JsonWriter& out, const SchemaPlace& place) {
    begin_schema(out, "array", place);
    out.key("items");
    JsonCodec<T>::schema(sink, out, {.rule = place.each, .each = {}, .says = {}});
    out.end_object();
  }
};

template <class T>
struct JsonCodec<std::map<std::string, T>> {
  static bool read(JsonReader& in, JsonNode node, std::map<std::string, T>& into) {
    if (!in.is(node, JsonKind::object)) return false;

    into.clear();
    for (JsonNode field : node) {
      if (!JsonCodec<T>::read(in, field, into[std::string(field.key())])) return in.inside(field.key());
    }
    return true;
  }
  static void write(JsonWriter& out, const std::map<std::string, T>& values) {
    out.begin_object();
    for (const auto& [key, value] : values) {
      out.key(key);
      JsonCodec<T>::write(out, value);
    }
    out.end_object();
  }
  static void schema(SchemaSink& sink, JsonWriter& out, const SchemaPlace& place) {
    begin_schema(out, "object", place);
    out.key("additionalProperties");
    JsonCodec<T>::schema(sink, out, {.rule = place.each, .each = {}, .says = {}});
    out.end_object();
  }
};

template <class T>
Result<T> read_json(JsonNode node, const JsonLimits& limits = {}) {
  JsonReader in(limits.ignore_unknown);
  T value{};
  if (!JsonCodec<T>::read(in, node, value)) return std::unexpected(in.failure());
  return value;
}

template <class T>
Result<T> read_json(std::string_view text, const JsonLimits& limits = {}) {
  const Result<JsonTree> tree = parse_json(text, limits);
  if (!tree) return std::unexpected(tree.error());
  return read_json<T>(tree->root(), limits);
}

template <class T>
void write_json(JsonWriter& out, const T& value) {
  JsonCodec<T>::write(out, value);
}

template <class T>
std::string write_json(const T& value) {
  std::string text;
  JsonWriter out(text);
  write_json(out, value);
  return text;
}

// The schema of T where `out` stands; the structs it needs go to the sink.
template <class T>
void schema_of(SchemaSink& sink, JsonWriter& out) {
  JsonCodec<T>::schema(sink, out, {});
}

}  // namespace ringdown
