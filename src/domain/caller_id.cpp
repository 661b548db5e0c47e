#include "domain/caller_id.h"

#include <algorithm>
#include <cstdint>

namespace ringdown {
namespace {

// FNV-1a with a finisher: it must be the same on every machine and in every version, as std::hash is not.
std::uint64_t weight_of(std::string_view phone, std::string_view caller_id) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::string_view text : {phone, std::string_view(" "), caller_id}) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccd;
  return hash ^ hash >> 33;
}

}  // namespace

std::optional<std::string> caller_id_for(std::string_view phone, std::span<const std::string> pool) {
  if (pool.empty()) return std::nullopt;
  return *std::ranges::max_element(pool, {},
                                   [&](const std::string& caller_id) { return weight_of(phone, caller_id); });
}

std::optional<Time> number_waits_until(const NumberUse& use, std::optional<int> calls_an_hour_max) {
  if (!calls_an_hour_max || use.calls < *calls_an_hour_max || !use.first_at) return std::nullopt;
  return *use.first_at + number_window;
}

}  // namespace ringdown
