#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "tests/support/json_sample.h"

namespace ringdown {
namespace {

using test::Leaf;
using test::Sample;
using test::Weekday;

void append_code_point(std::string& text, std::uint32_t code) {
  const auto tail = [&](int shift) { text += static_cast<char>(0x80 | (code >> shift & 0x3f)); };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xc0 | code >> 6);
    tail(0);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xe0 | code >> 12);
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xf0 | code >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

// Characters of every length, with a liking for those that must be escaped.
rc::Gen<std::string> texts() {
  const auto code = rc::gen::oneOf(
      rc::gen::inRange<std::uint32_t>(1, 0x80), rc::gen::inRange<std::uint32_t>(1, 0x20),
      rc::gen::element<std::uint32_t>('"', '\\', '/', 0x7f, 0x2028),
      rc::gen::inRange<std::uint32_t>(0x80, 0xd800), rc::gen::inRange<std::uint32_t>(0xe000, 0x110000));
  return rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(code), [](const auto& codes) {
    std::string text;
    for (std::size_t i = 0; i < codes.size() && i < 50; ++i) append_code_point(text, codes[i]);
    return text;
  });
}

rc::Gen<double> reals() {
  return rc::gen::map(rc::gen::arbitrary<std::uint64_t>(), [](std::uint64_t bits) {
    const auto number = std::bit_cast<double>(bits);
    return std::isfinite(number) ? number : 0.0;
  });
}

rc::Gen<Time> times() {
  constexpr std::int64_t first = -62'135'596'800'000'000;
  constexpr std::int64_t behind = 253'402'300'800'000'000;
  return rc::gen::map(rc::gen::inRange(first, behind), from_micros);
}

template <class T>
std::optional<T> maybe(rc::Gen<T> gen) {
  if (!*rc::gen::arbitrary<bool>()) return std::nullopt;
  return *gen;
}

Leaf any_leaf() {
  return {*texts(), maybe(reals())};
}

std::vector<Leaf> any_leaves() {
  std::vector<Leaf> leaves(*rc::gen::inRange<std::size_t>(0, 4));
  for (Leaf& leaf : leaves) leaf = any_leaf();
  return leaves;
}

Uuid any_uuid() {
  return {*rc::gen::arbitrary<std::array<std::uint8_t, 16>>()};
}

Sample any_sample(int depth) {
  Sample sample;
  sample.flag = *rc::gen::arbitrary<bool>();
  sample.tiny = *rc::gen::arbitrary<std::int8_t>();
  sample.count = *rc::gen::inRange<std::uint32_t>(0, 1'000'001);
  sample.wide = *rc::gen::arbitrary<std::int64_t>();
  sample.huge = *rc::gen::arbitrary<std::uint64_t>();
  sample.real = *reals();
  sample.text = *texts();
  sample.status = *texts();
  sample.uuid = any_uuid();
  sample.leaf_id = {any_uuid()};
  sample.at = *times();
  sample.day = *rc::gen::element(Weekday::monday, Weekday::day_off);
  sample.leaf = any_leaf();
  sample.anything = Json{write_json(any_leaf())};
  sample.leaves = any_leaves();
  sample.table = *rc::gen::arbitrary<std::vector<std::vector<std::int16_t>>>();
  sample.words = *rc::gen::container<std::map<std::string, std::string>>(texts(), texts());
  sample.maybe_flag = maybe(rc::gen::arbitrary<bool>());
  sample.maybe_day = maybe(rc::gen::element(Weekday::monday, Weekday::day_off));
  if (*rc::gen::arbitrary<bool>()) sample.maybe_leaf = any_leaf();
  if (*rc::gen::arbitrary<bool>()) sample.maybe_list = {*texts(), *texts()};
  if (*rc::gen::arbitrary<bool>()) sample.change = maybe(texts());
  if (depth > 0 && *rc::gen::arbitrary<bool>()) sample.inner = {any_sample(depth - 1)};
  return sample;
}

TEST_CASE("whatever is written is read back as the same value") {
  CHECK(rc::check([] {
    const Sample sample = any_sample(2);

    const std::string text = write_json(sample);
    const auto again = read_json<Sample>(text);

    if (!again) RC_FAIL(again.error().text + " in " + text);
    RC_ASSERT(*again == sample);
    RC_ASSERT(is_clean_utf8(text));
    RC_ASSERT(write_json(*again) == text);
  }));
}

TEST_CASE("a text cut anywhere is refused, never misread") {
  CHECK(rc::check([] {
    const std::string text = write_json(any_sample(1));
    const auto cut = *rc::gen::inRange<std::size_t>(0, text.size());

    RC_ASSERT(!read_json<Sample>(text.substr(0, cut)));
  }));
}

}  // namespace
}  // namespace ringdown
