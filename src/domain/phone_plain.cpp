#include "domain/phone_plain.h"

namespace ringdown {
namespace {

constexpr std::size_t text_max = 40;
constexpr std::size_t digits_max = 11;  // the country code and ten

// Elsewhere in +1 a default region changes how ten digits are read.
bool reads_plainly(std::string_view region) {
  return region == "US" || region == "CA";
}

// The digits of the text, or nothing when it has too many, or anything that might mean more than a gap.
std::optional<std::string> digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    const bool is_digit = c >= '0' && c <= '9';
    if (is_digit)
      digits += c;
    else if (!std::string_view(" .-()").contains(c))
      return std::nullopt;
    if (digits.size() > digits_max) return std::nullopt;
  }
  return digits;
}

}  // namespace

std::optional<std::string> plain_north_american(std::string_view text, std::string_view region) {
  if (text.size() > text_max) return std::nullopt;

  const bool international = text.starts_with('+');
  if (!international && !reads_plainly(region)) return std::nullopt;

  auto digits = digits_of(text.substr(international ? 1 : 0));
  if (!digits) return std::nullopt;

  if (digits->size() == digits_max - 1 && !international) digits->insert(0, 1, '1');
  const bool whole = digits->size() == digits_max && (*digits)[0] == '1' && (*digits)[1] >= '2';
  if (!whole) return std::nullopt;
  return "+" + *digits;
}

}  // namespace ringdown
