// A file of leads for the benches, the same in every run: nine in ten plain rows, the rest what files bring
// with them. Its numbers have area codes that are not in service, so nobody's telephone is among them.
#pragma once

#include <cstdint>
#include <string>

namespace ringdown::bench {

inline constexpr std::uint64_t leads_max = 6'000'000;  // then the numbers are used up

// Of a hundred rows one has no phone that could be one, one repeats an earlier row, one has an extension;
// every third has an external id.
std::string lead_file(std::uint64_t rows);

}  // namespace ringdown::bench
