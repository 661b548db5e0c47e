// Turns a row into a described struct: every member takes the column of its own name, and a column no member
// asks for is a bug, as is a NULL in a member that is not optional. Lists and maps are JSON columns.
#pragma once

#include <string>

#include "base/described.h"
#include "base/expect.h"
#include "base/json.h"
#include "ports/value.h"

namespace ringdown {

template <class T>
T read_value(const Row& row, std::size_t column) {
  if constexpr (IsOptional<T>::value) {
    if (row.is_null(column)) return std::nullopt;
    return read_value<typename T::value_type>(row, column);
  } else {
    if (row.is_null(column)) {
      expectation_broken("column " + std::string(row.name(column)) + " is never NULL",
                         std::source_location::current());
    }
    if constexpr (std::same_as<T, bool>) {
      return row.boolean(column);
    } else if constexpr (std::integral<T>) {
      return static_cast<T>(row.integer(column));
    } else if constexpr (std::floating_point<T>) {
      return row.real(column);
    } else if constexpr (std::same_as<T, std::string>) {
      return std::string(row.text(column));
    } else if constexpr (std::same_as<T, Json>) {
      return Json{std::string(row.text(column))};
    } else if constexpr (std::same_as<T, Bytes>) {
      return row.bytes(column);
    } else if constexpr (std::same_as<T, Uuid>) {
      return row.uuid(column);
    } else if constexpr (IsId<T>::value) {
      return T{row.uuid(column)};
    } else if constexpr (std::same_as<T, Time>) {
      return row.time(column);
    } else if constexpr (!std::is_void_v<typename rule::Inner<T>::type>) {
      auto items = read_json<T>(row.text(column));
      expect(items.has_value(), "a JSON column holds what was written");
      return std::move(*items);
    } else {
      static_assert(DescribedEnum<T>, "this type has no column form");
      const auto word = parse_enum<T>(row.text(column));
      expect(word.has_value(), "a stored word belongs to its enum");
      return *word;
    }
  }
}

template <class T>
T read_row(const Row& row) {
  if constexpr (DescribedStruct<T>) {
    T record{};
    std::size_t read = 0;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      std::size_t column = read;  // statements list their columns in the order of the members, as a rule
      if (column >= row.columns() || row.name(column) != member.name) {
        for (column = 0; column < row.columns() && row.name(column) != member.name;) ++column;
        expect(column < row.columns(), "every member has a column of its name");
      }
      using Member = std::remove_reference_t<decltype(record.*member.pointer)>;
      record.*member.pointer = read_value<Member>(row, column);
      ++read;
    });
    expect(read == row.columns(), "every column has a member of its name");
    return record;
  } else {
    expect(row.columns() == 1, "a plain value is read from a single column");
    return read_value<T>(row, 0);
  }
}

}  // namespace ringdown
