// What a described struct's members must keep to, declared once beside the struct; reading, its messages and
// the JSON schema all follow from it:
//
//   template <>
//   inline constexpr auto json_rules<RegisterInput> = rules_of<RegisterInput>(
//       field(&RegisterInput::email, Form::email, length(3, 254), says("where codes are sent")),
//       field(&RegisterInput::password, length(8, 128)));
//
// A struct with a base names the base's rules as a part: rules_of<Lead>(json_rules<LeadFields>, field(…)).
// A rule that does not suit its member's type does not compile.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"

namespace ringdown {

enum class Form {
  any,
  email,
  url,  // http or https, with a host
  uuid,
  date,  // 2026-11-20
  line,  // not blank, no line breaks or other control characters
};

struct ValueRule {
  static constexpr std::size_t any_length = std::numeric_limits<std::size_t>::max();
  static constexpr double any_number = std::numeric_limits<double>::infinity();

  std::size_t length_min = 0;  // characters of a text, items of a list or map
  std::size_t length_max = any_length;
  double min = -any_number;
  double max = any_number;
  Form form = Form::any;

  constexpr bool limits_length() const { return length_min != 0 || length_max != any_length; }
  constexpr bool limits_number() const { return min != -any_number || max != any_number; }
};

struct MemberRule {
  static constexpr std::size_t other_names_max = 3;

  ValueRule value;
  ValueRule each;                                             // item of a list or map
  std::array<std::string_view, other_names_max> also{};       // read and written under these names, too
  std::array<std::string_view, other_names_max> accepting{};  // only read
  std::string_view says;
  bool may_be_missing = false;  // keeps the value the struct begins with
};

struct StructRule {
  std::string_view name;  // of the schema component; the type's own where empty
  std::string_view says;
  bool writes_nulls = false;  // an empty optional is written as null, not left out
};

// What stands in a field's declaration; made by the functions below.
namespace rule {
struct Length {
  std::size_t min, max;
};
struct Range {
  double min, max;
};
struct Says {
  std::string_view text;
};
struct Also {
  std::string_view name;
};
struct Accepting {
  std::string_view name;
};
struct MayBeMissing {};
struct Named {
  std::string_view name;
};
struct WritesNulls {};
struct Each {
  ValueRule rule;
};

constexpr void apply(ValueRule& to, Length length) {
  to.length_min = length.min;
  to.length_max = length.max;
}
constexpr void apply(ValueRule& to, Range range) {
  to.min = range.min;
  to.max = range.max;
}
constexpr void apply(ValueRule& to, Form form) {
  to.form = form;
}

constexpr void add_name(std::array<std::string_view, MemberRule::other_names_max>& names,
                        std::string_view name) {
  std::size_t free = 0;
  while (!names.at(free).empty()) ++free;
  names.at(free) = name;
}
constexpr void apply(MemberRule& to, Length length) {
  apply(to.value, length);
}
constexpr void apply(MemberRule& to, Range range) {
  apply(to.value, range);
}
constexpr void apply(MemberRule& to, Form form) {
  apply(to.value, form);
}
constexpr void apply(MemberRule& to, Each each) {
  to.each = each.rule;
}
constexpr void apply(MemberRule& to, Says says) {
  to.says = says.text;
}
constexpr void apply(MemberRule& to, Also also) {
  add_name(to.also, also.name);
}
constexpr void apply(MemberRule& to, Accepting name) {
  add_name(to.accepting, name.name);
}
constexpr void apply(MemberRule& to, MayBeMissing) {
  to.may_be_missing = true;
}

constexpr void apply(StructRule& to, Says says) {
  to.says = says.text;
}
constexpr void apply(StructRule& to, Named named) {
  to.name = named.name;
}
constexpr void apply(StructRule& to, WritesNulls) {
  to.writes_nulls = true;
}

// Not constexpr: reaching one of them is the compile error.
void the_rule_does_not_suit_the_type_of_its_member();
void the_member_is_not_described();

template <class M>
struct Inner {
  using type = void;
};
template <class M>
struct Inner<std::vector<M>> {
  using type = M;
};
template <class M>
struct Inner<std::map<std::string, M>> {
  using type = M;
};

template <class M>
consteval void check_suits(const ValueRule& rule, const ValueRule& each) {
  if constexpr (IsOptional<M>::value) {
    check_suits<typename M::value_type>(rule, each);
  } else {
    using Item = Inner<M>::type;
    constexpr bool text = std::same_as<M, std::string>;
    constexpr bool number = std::is_arithmetic_v<M> && !std::same_as<M, bool>;
    constexpr bool list = !std::is_void_v<Item>;
    const bool limits_each = each.limits_length() || each.limits_number() || each.form != Form::any;
    if ((rule.limits_length() && !text && !list) || (rule.limits_number() && !number) ||
        (rule.form != Form::any && !text) || (limits_each && !list)) {
      the_rule_does_not_suit_the_type_of_its_member();
    }
    if constexpr (list) check_suits<Item>(each, {});
  }
}
}  // namespace rule

constexpr rule::Length length(std::size_t min, std::size_t max) {
  return {min, max};
}
constexpr rule::Range range(double min, double max) {
  return {min, max};
}
constexpr rule::Range at_least(double min) {
  return {min, ValueRule::any_number};
}
constexpr rule::Says says(std::string_view text) {
  return {text};
}
constexpr rule::Also also(std::string_view name) {
  return {name};
}
constexpr rule::Accepting accepting(std::string_view name) {
  return {name};
}
constexpr rule::Named named(std::string_view name) {
  return {name};
}
inline constexpr rule::MayBeMissing may_be_missing;
inline constexpr rule::WritesNulls writes_nulls;

template <class... Options>
constexpr rule::Each each(Options... options) {
  rule::Each result{};
  (rule::apply(result.rule, options), ...);
  return result;
}

template <class T>
struct FieldRule {
  std::size_t member;
  MemberRule rule;
};

template <DescribedStruct T, class M, class... Options>
consteval FieldRule<T> field(M T::* member, Options... options) {
  FieldRule<T> result{.member = boost::mp11::mp_size<MembersOf<T>>::value, .rule = {}};
  std::size_t index = 0;
  boost::mp11::mp_for_each<MembersOf<T>>([&](auto described) {
    if constexpr (std::same_as<std::remove_cv_t<decltype(described.pointer)>, M T::*>) {
      if (described.pointer == member) result.member = index;
    }
    ++index;
  });
  if (result.member == index) rule::the_member_is_not_described();

  (rule::apply(result.rule, options), ...);
  rule::check_suits<M>(result.rule.value, result.rule.each);
  return result;
}

template <DescribedStruct T>
struct Rules {
  StructRule whole;
  std::array<MemberRule, boost::mp11::mp_size<MembersOf<T>>::value> members{};
};

namespace rule {
template <class T, class Base>
constexpr void apply(Rules<T>& to, const Rules<Base>& base) {
  static_assert(std::derived_from<T, Base>, "rules are inherited from a base");
  for (std::size_t i = 0; i < base.members.size(); ++i) to.members[i] = base.members[i];
}
template <class T>
constexpr void apply(Rules<T>& to, const FieldRule<T>& field) {
  to.members[field.member] = field.rule;
}
template <class T, class Option>
constexpr void apply(Rules<T>& to, Option option) {
  apply(to.whole, option);
}
}  // namespace rule

template <DescribedStruct T, class... Parts>
consteval Rules<T> rules_of(Parts... parts) {
  Rules<T> result;
  (rule::apply(result, parts), ...);
  return result;
}

template <DescribedStruct T>
inline constexpr auto json_rules = Rules<T>{};

// What `text` breaks of the rule, as a message: "8 to 128 characters; got 3". Empty where it breaks nothing.
std::string broken_by_text(const ValueRule&, std::string_view text);
std::string broken_by_number(const ValueRule&, double number);
std::string broken_by_count(const ValueRule&, std::size_t items);

std::size_t characters_in(std::string_view clean_utf8);

}  // namespace ringdown
