// What a handler takes from a request, with its types taken away: Path<T>, Query<T> and Body<T> become one
// Input each, which knows how to read its value and how to describe it.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/json.h"

namespace ringdown {

template <class T>
struct Path {
  T value;
};

template <DescribedStruct T>
struct Query {
  T value;
};

template <class T>
struct Body {
  T value;
};

// A query is text; what a member's type makes of it. Lists are given by repeating their name.
enum class TextKind { text, literal, texts, literals };  // a literal is a number, true or false

struct Input {
  enum class From { path, query, body };

  From from;
  bool (*read)(JsonReader&, JsonNode, void* value);
  void (*schema)(SchemaSink&, JsonWriter&);
  const JsonShape* shape = nullptr;        // of a query, and of a body that is a described struct
  std::span<const TextKind> text_kinds{};  // of a query, one per member
};

template <class T>
consteval TextKind text_kind() {
  if constexpr (IsOptional<T>::value) {
    return text_kind<typename T::value_type>();
  } else if constexpr (!std::is_void_v<typename rule::Inner<T>::type>) {
    return std::is_arithmetic_v<typename rule::Inner<T>::type> ? TextKind::literals : TextKind::texts;
  } else {
    return std::is_arithmetic_v<T> ? TextKind::literal : TextKind::text;
  }
}

template <class T, class... Described>
consteval auto text_kinds(boost::mp11::mp_list<Described...>) {
  return std::array<TextKind, sizeof...(Described)>{
      text_kind<std::remove_cvref_t<decltype(std::declval<T>().*Described::pointer)>>()...};
}

template <class T>
inline constexpr auto text_kinds_of =
    text_kinds<T>(boost::mp11::mp_rename<MembersOf<T>, boost::mp11::mp_list>{});

template <class T>
bool read_erased(JsonReader& in, JsonNode node, void* value) {
  return JsonCodec<T>::read(in, node, *static_cast<T*>(value));
}

template <class Parameter>
struct InputOf;

template <class T>
struct InputOf<Path<T>> {
  static constexpr Input input{Input::From::path, read_erased<T>, schema_of<T>};
};
template <class T>
struct InputOf<Query<T>> {
  static constexpr Input input{Input::From::query, read_erased<T>, schema_of<T>, &JsonShapeOf<T>::shape,
                               text_kinds_of<T>};
};
template <class T>
struct InputOf<Body<T>> {
  static constexpr const JsonShape* shape() {
    if constexpr (DescribedStruct<T>) return &JsonShapeOf<T>::shape;
    return nullptr;
  }
  static constexpr Input input{Input::From::body, read_erased<T>, schema_of<T>, shape()};
};

// Where the values come from.
struct InputTexts {
  std::span<const std::string_view> path_names;
  std::span<const std::string> path_values;
  std::string_view query;  // as sent
  std::string_view body;   // an empty one is read as {}
  std::size_t body_bytes_max;
};

// Reads each input into the value of its place; the failure names the field.
Result<void> read_inputs(const InputTexts&, std::span<const Input>, std::span<void* const> values);

Result<void> refuse_any_query(std::string_view query);

}  // namespace ringdown
