// The secrets of providers that a workspace may keep. Each is sealed under its name, so a name never changes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ringdown {

struct Integration {
  std::string_view name;
  std::string_view says;
};

std::span<const Integration> integrations();

// The entry of that name; or not_found, with the name that was probably meant.
Result<Integration> integration_called(std::string_view name);

// The end of a secret, by which people tell two apart; nothing where it would give away a good part.
std::optional<std::string> hint_of(std::string_view secret);

}  // namespace ringdown
