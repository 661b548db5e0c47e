// A struct with every kind of member that base/json knows, and limits on some: what the property test, the
// fuzz target and the schema tests put through reading and writing.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace ringdown::test {

enum class Weekday { monday, day_off };
BOOST_DESCRIBE_ENUM(Weekday, monday, day_off)

struct Leaf {
  std::string name;
  std::optional<double> weight;

  bool operator==(const Leaf&) const = default;
};
BOOST_DESCRIBE_STRUCT(Leaf, (), (name, weight))

struct Sample {
  bool flag = false;
  std::int8_t tiny = 0;
  std::uint32_t count = 0;
  std::int64_t wide = 0;
  std::uint64_t huge = 0;
  double real = 0;
  std::string text;
  std::string status;
  Uuid uuid{};
  Id<Leaf> leaf_id{};
  Time at{};
  Weekday day = Weekday::monday;
  Leaf leaf{};
  Json anything{"null"};
  std::vector<Leaf> leaves{};
  std::vector<std::vector<std::int16_t>> table{};
  std::map<std::string, std::string> words{};
  std::optional<bool> maybe_flag{};
  std::optional<Weekday> maybe_day{};
  std::optional<Leaf> maybe_leaf{};
  std::optional<std::vector<std::string>> maybe_list{};
  std::optional<std::optional<std::string>> change{};
  std::vector<Sample> inner{};

  bool operator==(const Sample&) const = default;
};
BOOST_DESCRIBE_STRUCT(Sample, (),
                      (flag, tiny, count, wide, huge, real, text, status, uuid, leaf_id, at, day, leaf,
                       anything, leaves, table, words, maybe_flag, maybe_day, maybe_leaf, maybe_list, change,
                       inner))

}  // namespace ringdown::test

namespace ringdown {

template <>
inline constexpr auto json_rules<test::Leaf> = rules_of<test::Leaf>(says("hangs on a sample"), writes_nulls);

template <>
inline constexpr auto json_rules<test::Sample> = rules_of<test::Sample>(
    field(&test::Sample::count, range(0, 1'000'000), says("how many")),
    field(&test::Sample::text, length(0, 200)),
    field(&test::Sample::status, also("sample_status"), accepting("state")),
    field(&test::Sample::leaves, length(0, 20)), field(&test::Sample::table, may_be_missing),
    field(&test::Sample::maybe_list, length(1, 10), each(length(0, 100))),
    field(&test::Sample::inner, may_be_missing));

}  // namespace ringdown
