#include "sandbox/chance.h"

namespace ringdown::sandbox {

Chance chance_of(std::uint64_t seed, std::string_view stream) {
  std::uint64_t state = seed ^ 0xcbf29ce484222325;  // FNV-1a over the name, then the generator's own mixing
  for (const char c : stream) state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return Chance(state);
}

double fraction(Chance& chance) {
  return static_cast<double>(chance() >> 11) * 0x1.0p-53;
}

std::string hex_digits(Chance& chance, int count) {
  std::string digits;
  while (count-- > 0) digits += "0123456789abcdef"[chance() >> 60];
  return digits;
}

}  // namespace ringdown::sandbox
