// Ids are UUIDs of version 7: sorted by the moment they were minted, so that indexes grow at one end. Id<Of> keeps a
// user's id from being taken for a workspace's.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace ringdown {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const Uuid&) const = default;
};

// `chance` supplies 128 random bits of which 74 are used; the moment goes in front, in milliseconds.
Uuid uuid_v7(Time now, std::array<std::uint64_t, 2> chance);

// The same for many of one moment that are to sort in their order: the `place`th of them, below 4096.
Uuid uuid_v7(Time now, std::uint16_t place, std::uint64_t chance);

std::string to_text(const Uuid&);
std::optional<Uuid> parse_uuid(std::string_view);  // the 36-character form, either case

template <class Of>
struct Id {
  Uuid value;

  auto operator<=>(const Id&) const = default;
};

template <class Of>
std::string to_text(const Id<Of>& id) {
  return to_text(id.value);
}

}  // namespace ringdown

template <>
struct std::hash<ringdown::Uuid> {
  std::size_t operator()(const ringdown::Uuid& uuid) const noexcept {
    std::uint64_t tail = 0;  // the random half of a version 7 UUID
    for (std::size_t i = 8; i < 16; ++i) tail = tail << 8 | uuid.bytes[i];
    return tail;
  }
};

template <class Of>
struct std::hash<ringdown::Id<Of>> {
  std::size_t operator()(const ringdown::Id<Of>& id) const noexcept {
    return std::hash<ringdown::Uuid>{}(id.value);
  }
};
