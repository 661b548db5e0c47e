#include "base/timezone.h"

#include <algorithm>
#include <chrono>
#include <string>

namespace ringdown {
namespace {

constexpr std::size_t name_length_max = 64;

// Only what zone names are made of, beginning with a letter: cctz takes a name for a path of a file.
bool is_harmless(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto allowed = [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '/' || c == '_' || c == '-' || c == '+';
  };
  return !name.empty() && name.size() <= name_length_max && letter(name.front()) &&
         std::ranges::all_of(name, allowed);
}

// cctz counts in seconds; what is between two of them belongs to the earlier one.
cctz::time_point<cctz::seconds> seconds_of(Time time) {
  return std::chrono::floor<cctz::seconds>(time);
}

}  // namespace

bool is_timezone(std::string_view name) {
  return Zone::named(name).has_value();
}

std::optional<Zone> Zone::named(std::string_view name) {
  cctz::time_zone data;
  if (!is_harmless(name) || name == "localtime" || !cctz::load_time_zone(std::string(name), &data)) return {};
  return Zone(data);
}

Span Zone::offset(Time at) const {
  return std::chrono::seconds(data_.lookup(seconds_of(at)).offset);
}

std::optional<Time> Zone::next_change(Time after) const {
  cctz::time_zone::civil_transition change;
  if (!data_.next_transition(seconds_of(after), &change)) return {};
  return data_.lookup(change.to).trans;
}

}  // namespace ringdown
