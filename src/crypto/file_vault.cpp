#include "crypto/file_vault.h"

#include "crypto/hash.h"
#include "crypto/key_file.h"
#include "crypto/seal.h"

namespace ringdown::crypto {
namespace {

// Under the newest key.
Digest digest_of(std::string_view text, WorkspaceId workspace, const KeyRing& keys, Purpose purpose) {
  const auto key = keys.derive(keys.newest(), purpose);
  Bytes message(workspace.value.bytes.begin(), workspace.value.bytes.end());
  message.insert(message.end(), text.begin(), text.end());
  return hmac_sha256(key->bytes, message);
}

}  // namespace

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
  Bytes print{static_cast<std::uint8_t>(id >> 24), static_cast<std::uint8_t>(id >> 16),
              static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
  const Digest digest = digest_of(text, workspace, keys, Purpose::fingerprints);
  print.insert(print.end(), digest.begin(), digest.end());
  return print;
}

Bytes FileVault::signature(std::string_view text, WorkspaceId workspace) const {
  const Digest digest = digest_of(text, workspace, ring(), Purpose::links);
  return {digest.begin(), digest.end()};
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
