// The keys that seal secrets, where the configuration has them.
#pragma once

#include <string>

#include "app/config.h"
#include "crypto/file_vault.h"

namespace ringdown {

std::string key_file(const Config&);

// Made at the first start; throws Breakage with the mend where others may read it.
crypto::FileVault open_vault(const Config&);

}  // namespace ringdown
