// Seals what must not lie in the database in clear. What is sealed belongs to one name in one workspace and
// opens nowhere else. Any thread may ask; each call may read a small file.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "base/text.h"
#include "domain/workspace.h"

namespace ringdown {

class Vault {
 public:
  virtual ~Vault() = default;

  // Under the newest key there is; throws Breakage{unavailable} when the keys cannot be had.
  virtual Bytes seal(const Secret&, WorkspaceId, const std::string& name) const = 0;

  // Refused when the bytes were changed or moved, or when their key is lost.
  virtual Result<Secret> open(const Bytes& sealed, WorkspaceId, const std::string& name) const = 0;

  // By which this instance can recognise a text, in one workspace, and nobody can read it.
  virtual Bytes fingerprint(std::string_view text, WorkspaceId) const = 0;

  // By which this instance, and nobody else, can tell later that it wrote a text itself. A rotation ends it.
  virtual Bytes signature(std::string_view text, WorkspaceId) const = 0;

  // Is there a newer key than the one it was sealed with?
  virtual bool is_outdated(const Bytes& sealed) const = 0;
};

}  // namespace ringdown
