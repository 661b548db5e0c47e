// The rule that JSON keeps for a member, for those who fill it from elsewhere.
#pragma once

#include "base/json.h"

namespace ringdown {

template <class T, class M>
constexpr ValueRule rule_of(M T::* member, ValueRule MemberRule::* part = &MemberRule::value) {
  ValueRule rule;
  std::size_t index = 0;
  boost::mp11::mp_for_each<MembersOf<T>>([&](auto described) {
    if constexpr (std::same_as<std::remove_cv_t<decltype(described.pointer)>, M T::*>) {
      if (described.pointer == member) rule = json_rules<T>.members[index].*part;
    }
    ++index;
  });
  return rule;
}

}  // namespace ringdown
