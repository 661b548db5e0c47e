// Which of our numbers somebody sees when we call them, and whether it may be used once more.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.h"

namespace ringdown {

// Always the same one for the same person, as long as it is in the pool: numbers that are added or taken away
// change it for those only who get the new one, or had the old one. Nothing where there is none.
std::optional<std::string> caller_id_for(std::string_view phone, std::span<const std::string> pool);

// Of one of our numbers: how many calls it made within the last hour, and when the first of them began.
inline constexpr Span number_window = 1h;
struct NumberUse {
  int calls = 0;
  std::optional<Time> first_at;
};
BOOST_DESCRIBE_STRUCT(NumberUse, (), (calls, first_at))

// Nothing: now. Otherwise when to ask again.
std::optional<Time> number_waits_until(const NumberUse&, std::optional<int> calls_an_hour_max);

}  // namespace ringdown
