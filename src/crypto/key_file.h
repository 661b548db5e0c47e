// Where a key ring lives: one small file of mode 0600, replaced whole and synced, so that a power cut leaves
// the old ring or the new one. Whoever loses it loses every sealed secret; a backup keeps it elsewhere than
// the database.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "crypto/key_ring.h"

namespace ringdown::crypto {

// Refused (forbidden) when anybody but its owner may read or write it, or when it is another user's or no
// plain file.
Result<KeyRing> read_key_file(const std::filesystem::path&);

// Makes the file with one random key where there is none. Two processes that start at once get the same ring.
Result<KeyRing> read_or_make_key_file(const std::filesystem::path&);

// Rotation: the file gets a new newest key. Running processes see it when they read the file again.
Result<KeyRing> add_key_to_file(const std::filesystem::path&);

}  // namespace ringdown::crypto
