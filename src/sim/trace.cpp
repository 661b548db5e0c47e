#include "sim/trace.h"

#include <fmt/format.h>

#include <cstring>

namespace ringdown::sim {

void Trace::note(Span at, std::string_view what, std::initializer_list<std::string_view> about) {
  const std::int64_t micros = at.count();
  char moment[sizeof micros];
  std::memcpy(moment, &micros, sizeof micros);
  mix({moment, sizeof moment});
  mix(what);
  for (const std::string_view word : about) mix(word);
  ++lines_;
  if (!reader_) return;

  std::string line = fmt::format("{:>14.6f} {}", static_cast<double>(micros) / 1e6, what);
  for (const std::string_view word : about) line.append(" ").append(word);
  reader_(line);
}

void Trace::note(Span at, std::string_view what, int node, std::string_view about) {
  const char digit[] = {static_cast<char>('0' + node % 10), '\0'};
  note(at, what, {digit, about});
}

std::string Trace::hash() const {
  return fmt::format("{:016x}", hash_);
}

// FNV-1a; what ends a word is mixed in as well, so that "ab" "c" is not "a" "bc".
void Trace::mix(std::string_view bytes) {
  for (const char byte : bytes) hash_ = (hash_ ^ static_cast<std::uint8_t>(byte)) * 0x100000001b3;
  hash_ = (hash_ ^ 0x1ff) * 0x100000001b3;
}

}  // namespace ringdown::sim
