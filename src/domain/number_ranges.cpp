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

void NumberRanges::add(NumberRange range, NumberKind kind) {
  std::vector<Entry>& entries = by_lead_[range.lead() - '0'];
  const auto after_equals =
      std::ranges::upper_bound(entries, range.digits_written(), std::ranges::greater(),
                               [](const Entry& entry) { return entry.range.digits_written(); });
  entries.insert(after_equals, Entry{std::move(range), kind});
}

std::optional<NumberKind> NumberRanges::find(std::string_view e164) const {
  if (e164.size() < 2 || !is_digit(e164[1])) return std::nullopt;

  const std::vector<Entry>& entries = by_lead_[e164[1] - '0'];
  const auto winner =
      std::ranges::find_if(entries, [&](const Entry& entry) { return entry.range.holds(e164); });
  if (winner == entries.end()) return std::nullopt;
  return winner->kind;
}

}  // namespace ringdown
