// The vault whose keys lie in a key file. The file is read at every use: that is rare, and a key that another
// process has added seals from that moment on.
#pragma once

#include <filesystem>

#include "crypto/key_ring.h"
#include "ports/vault.h"

namespace ringdown::crypto {

class FileVault : public Vault {
 public:
  // Makes the file where there is none; refused when others may read it.
  static Result<FileVault> open_or_make(const std::filesystem::path&);

  Bytes seal(const Secret&, WorkspaceId, const std::string& name) const override;
  Result<Secret> open(const Bytes& sealed, WorkspaceId, const std::string& name) const override;
  Bytes fingerprint(std::string_view text, WorkspaceId) const override;  // which key, then the digest
  Bytes signature(std::string_view text, WorkspaceId) const override;
  bool is_outdated(const Bytes& sealed) const override;

 private:
  explicit FileVault(std::filesystem::path path) : path_(std::move(path)) {}
  KeyRing ring() const;

  std::filesystem::path path_;
};

}  // namespace ringdown::crypto
