// Text for enums that BOOST_DESCRIBE_ENUM describes: one spelling in code, database, API and screen. Words are
// written with a hyphen where the name has an underscore, unless the enum keeps it, and read in either form.
#pragma once

#include <algorithm>
#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace ringdown {

template <class E>
concept DescribedEnum = std::is_enum_v<E> && boost::describe::has_describe_enumerators<E>::value;

// An enum whose words others know with an underscore says so: no_answer.
template <DescribedEnum E>
inline constexpr bool keeps_underscores = false;

template <DescribedEnum E>
std::string to_text(E value) {
  std::string text;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto described) {
    if (described.value == value) text = described.name;
  });
  if constexpr (!keeps_underscores<E>) std::ranges::replace(text, '_', '-');
  return text;
}

template <DescribedEnum E>
std::optional<E> parse_enum(std::string_view text) {
  std::string name(text);
  std::ranges::replace(name, '-', '_');

  std::optional<E> value;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto described) {
    if (name == described.name) value = described.value;
  });
  return value;
}

// Every word of the enum, in its order, for messages and descriptions.
template <DescribedEnum E>
std::vector<std::string> words_of() {
  std::vector<std::string> words;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
      [&](auto described) { words.push_back(to_text(described.value)); });
  return words;
}

}  // namespace ringdown
