// The other way round from row_reader: the members of a described struct as the values of a statement, in
// their order. Lists and maps become JSON.
#pragma once

#include <span>

#include "base/described.h"
#include "base/json.h"
#include "ports/value.h"

namespace ringdown {

template <class M>
Value value_of(const M& member) {
  if constexpr (std::is_constructible_v<Value, const M&>) {
    return Value(member);
  } else {
    return Value(Json{write_json(member)});
  }
}

template <DescribedStruct T>
Values values_of(const T& record) {
  Values values;
  boost::mp11::mp_for_each<MembersOf<T>>(
      [&](auto member) { values.push_back(value_of(record.*member.pointer)); });
  return values;
}

template <DescribedStruct T>
std::vector<Values> rows_of(std::span<const T> records) {
  std::vector<Values> rows;
  rows.reserve(records.size());
  for (const T& record : records) rows.push_back(values_of(record));
  return rows;
}

}  // namespace ringdown
