#include "base/time.h"

#include <array>
#include <charconv>

namespace ringdown {
namespace {

constexpr Time first_moment = std::chrono::sys_days{std::chrono::year{1} / 1 / 1};
constexpr Time behind_last_moment = std::chrono::sys_days{std::chrono::year{10000} / 1 / 1};

// Reads exactly `digits` decimal digits from the front of `rest`.
std::optional<int> take_number(std::string_view& rest, std::size_t digits) {
  if (rest.size() < digits) return std::nullopt;

  int number = 0;
  for (char c : rest.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  rest.remove_prefix(digits);
  return number;
}

bool take(std::string_view& rest, std::string_view any_of) {
  if (rest.empty() || any_of.find(rest.front()) == std::string_view::npos) return false;
  rest.remove_prefix(1);
  return true;
}

std::optional<Span> take_fraction(std::string_view& rest) {
  std::int64_t micros = 0;
  std::int64_t unit = 100'000;
  std::size_t digits = 0;
  while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') {
    micros += (rest.front() - '0') * unit;
    unit /= 10;
    rest.remove_prefix(1);
    ++digits;
  }
  if (digits == 0) return std::nullopt;
  return Span{micros};
}

std::optional<Span> take_offset(std::string_view& rest) {
  if (take(rest, "Zz")) return Span{0};

  const int sign = rest.starts_with('-') ? -1 : 1;
  if (!take(rest, "+-")) return std::nullopt;

  const auto hours = take_number(rest, 2);
  if (!hours || *hours > 23 || !take(rest, ":")) return std::nullopt;
  const auto minutes = take_number(rest, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return Span{sign * (std::chrono::hours{*hours} + std::chrono::minutes{*minutes})};
}

// With zeros before it where it has fewer digits.
void append_number(std::string& text, std::int64_t number, std::size_t digits) {
  std::array<char, 24> buffer;
  const char* end = std::to_chars(buffer.begin(), buffer.end(), number).ptr;
  const auto size = static_cast<std::size_t>(end - buffer.data());
  if (size < digits) text.append(digits - size, '0');
  text.append(buffer.data(), size);
}

}  // namespace

std::string to_text(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};

  std::string text;
  text.reserve(sizeof "2026-11-20T10:00:00.123456Z");
  append_number(text, static_cast<int>(date.year()), 4);
  text += '-';
  append_number(text, static_cast<unsigned>(date.month()), 2);
  text += '-';
  append_number(text, static_cast<unsigned>(date.day()), 2);
  text += 'T';
  append_number(text, clock.hours().count(), 2);
  text += ':';
  append_number(text, clock.minutes().count(), 2);
  text += ':';
  append_number(text, clock.seconds().count(), 2);
  if (const auto micros = clock.subseconds().count(); micros != 0) {
    text += '.';
    append_number(text, micros, 6);
    while (text.ends_with('0')) text.pop_back();
  }
  text += 'Z';
  return text;
}

std::optional<Time> parse_time(std::string_view rest) {
  using namespace std::chrono;

  const auto year_number = take_number(rest, 4);
  if (!year_number || *year_number == 0 || !take(rest, "-")) return std::nullopt;
  const auto month_number = take_number(rest, 2);
  if (!month_number || !take(rest, "-")) return std::nullopt;
  const auto day_number = take_number(rest, 2);
  if (!day_number || !take(rest, "Tt ")) return std::nullopt;

  const auto hour = take_number(rest, 2);
  if (!hour || *hour > 23 || !take(rest, ":")) return std::nullopt;
  const auto minute = take_number(rest, 2);
  if (!minute || *minute > 59 || !take(rest, ":")) return std::nullopt;
  const auto second = take_number(rest, 2);
  if (!second || *second > 59) return std::nullopt;

  Span fraction{0};
  if (take(rest, ".")) {
    const auto taken = take_fraction(rest);
    if (!taken) return std::nullopt;
    fraction = *taken;
  }
  const auto offset = take_offset(rest);
  if (!offset || !rest.empty()) return std::nullopt;

  const year_month_day date{year{*year_number}, month(static_cast<unsigned>(*month_number)),
                            day(static_cast<unsigned>(*day_number))};
  if (!date.ok()) return std::nullopt;
  const Time time =
      Time{sys_days{date}} + hours{*hour} + minutes{*minute} + seconds{*second} + fraction - *offset;
  if (time < first_moment || time >= behind_last_moment)
    return std::nullopt;  // the offset led out of the years
  return time;
}

}  // namespace ringdown
