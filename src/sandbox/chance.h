// Chance that a seed repeats: every part draws from a stream of its own, so that more of one changes no
// other.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace ringdown::sandbox {

using Chance = std::mt19937_64;

Chance chance_of(std::uint64_t seed, std::string_view stream);
double fraction(Chance&);  // in [0, 1)
std::string hex_digits(Chance&, int count);

}  // namespace ringdown::sandbox
