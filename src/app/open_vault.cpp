#include "app/open_vault.h"

namespace ringdown {

std::string key_file(const Config& config) {
  return config.key_file.empty() ? config.data + "/ringdown.key" : config.key_file;
}

crypto::FileVault open_vault(const Config& config) {
  auto vault = crypto::FileVault::open_or_make(key_file(config));
  if (!vault) throw Breakage(vault.error().reason, vault.error().text);
  return *std::move(vault);
}

}  // namespace ringdown
