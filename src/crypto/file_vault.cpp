#include "crypto/file_vault.h"

#include "crypto/key_file.h"
#include "crypto/seal.h"

namespace ringdown::crypto {

Result<FileVault> FileVault::open_or_make(const std::filesystem::path& path) {
  const auto ring = read_or_make_key_file(path);
  if (!ring) return std::unexpected(ring.error());
  return FileVault(path);
}

Bytes FileVault::seal(const Secret& secret, WorkspaceId workspace, const std::string& name) const {
  return crypto::seal(secret.reveal(), {workspace.value, name}, ring());
}

Result<Secret> FileVault::open(const Bytes& sealed, WorkspaceId workspace, const std::string& name) const {
  auto text = open_sealed(sealed, {workspace.value, name}, ring());
  if (!text) return std::unexpected(text.error());
  return Secret(*std::move(text));
}

bool FileVault::is_outdated(const Bytes& sealed) const {
  return needs_reseal(sealed, ring());
}

KeyRing FileVault::ring() const {
  auto read = read_key_file(path_);
  if (!read) throw Breakage(Reason::unavailable, read.error().text);
  return *std::move(read);
}

}  // namespace ringdown::crypto
