#include "domain/number_ranges.h"

#include <algorithm>

namespace ringdown {
namespace {

constexpr std::size_t places_max = 16;  // the plus and E.164's fifteen digits

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool stands_for(char place, char digit) {
  switch (place) {
    case 'X': return is_digit(digit);
    case 'N': return digit >= '2' && digit <= '9';
    case 'Z': return digit == '0' || digit == '1';
    default: return place == digit;
  }
}

}  // namespace

std::optional<NumberRange> NumberRange::parse(std::string_view pattern) {
  NumberRange range;
  range.open_ = pattern.ends_with('*');
  if (range.open_) pattern.remove_suffix(1);
  if (pattern.size() < 2 || pattern.size() > places_max || pattern[0] != '+' || !is_digit(pattern[1]))
    return std::nullopt;

  const std::string_view digits = pattern.substr(1);
  if (digits.find_first_not_of("0123456789XNZ") != std::string_view::npos) return std::nullopt;

  range.places_ = pattern;
  range.digits_written_ = static_cast<int>(std::ranges::count_if(digits, is_digit));
  return range;
}

bool NumberRange::holds(std::string_view e164) const {
  const bool fits = open_ ? e164.size() >= places_.size() : e164.size() == places_.size();
  return fits && std::ranges::equal(places_, e164.substr(0, places_.size()), stands_for);
}

bool NumberRange::may_begin_with(std::string_view two_digits) const {
  const std::string_view begin = std::string_view(places_).substr(1, 2);
  return std::ranges::equal(begin, two_digits.substr(0, begin.size()), stands_for);
}

void NumberRanges::add(const NumberRange& range, NumberKind kind) {
  for (std::size_t first_two = 0; first_two < by_two_digits_.size(); ++first_two) {
    const char digits[] = {static_cast<char>('0' + first_two / 10), static_cast<char>('0' + first_two % 10)};
    if (!range.may_begin_with({digits, 2})) continue;

    std::vector<Entry>& entries = by_two_digits_[first_two];
    const auto after_equals =
        std::ranges::upper_bound(entries, range.digits_written(), std::ranges::greater(),
                                 [](const Entry& entry) { return entry.range.digits_written(); });
    entries.insert(after_equals, Entry{range, kind});
  }
}

std::optional<NumberKind> NumberRanges::find(std::string_view e164) const {
  if (e164.size() < 3 || !is_digit(e164[1]) || !is_digit(e164[2])) return std::nullopt;

  const std::vector<Entry>& entries = by_two_digits_[(e164[1] - '0') * 10 + (e164[2] - '0')];
  const auto winner =
      std::ranges::find_if(entries, [&](const Entry& entry) { return entry.range.holds(e164); });
  if (winner == entries.end()) return std::nullopt;
  return winner->kind;
}

}  // namespace ringdown
