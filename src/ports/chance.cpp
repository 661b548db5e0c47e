#include "ports/chance.h"

#include <sys/random.h>

#include <array>
#include <bit>

#include "base/expect.h"

namespace ringdown {

std::uint64_t Chance::number() {
  std::array<std::uint8_t, 8> bytes;
  fill(bytes);
  return std::bit_cast<std::uint64_t>(bytes);
}

void SystemChance::fill(std::span<std::uint8_t> bytes) {
  constexpr std::size_t always_whole = 256;  // below this size getrandom never returns less than asked

  while (!bytes.empty()) {
    const auto part = bytes.first(std::min(bytes.size(), always_whole));
    const auto got = getrandom(part.data(), part.size(), 0);
    expect(got == static_cast<ssize_t>(part.size()), "getrandom gives all it is asked for");
    bytes = bytes.subspan(part.size());
  }
}

}  // namespace ringdown
