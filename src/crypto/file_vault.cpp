#include "crypto/file_vault.h"

#include "crypto/hash.h"
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

Bytes FileVault::fingerprint(std::string_view text, WorkspaceId workspace) const {
  const KeyRing keys = ring();
  const std::uint32_t id = keys.newest();
  const auto key = keys.derive(id, Purpose::fingerprints);
  Bytes message(workspace.value.bytes.begin(), workspace.value.bytes.end());
  message.insert(message.end(), text.begin(), text.end());

  Bytes print{static_cast<std::uint8_t>(id >> 24), static_cast<std::uint8_t>(id >> 16),
              static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
  const Digest digest = hmac_sha256(key->bytes, message);
  print.insert(print.end(), digest.begin(), digest.end());
  return print;
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
