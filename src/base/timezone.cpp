#include "base/timezone.h"

#include <cctz/time_zone.h>

#include <algorithm>
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

}  // namespace

bool is_timezone(std::string_view name) {
  cctz::time_zone zone;
  return is_harmless(name) && name != "localtime" && cctz::load_time_zone(std::string(name), &zone);
}

}  // namespace ringdown
