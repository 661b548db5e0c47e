// A step of the schema. An expanding one leaves room for older binaries; a contracting one takes away what they need,
// so a binary that does not know it refuses to start.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ringdown {

struct Migration {
  int number;
  std::string_view name;
  bool contracts;
  std::string_view checksum;
  std::string_view text;
};

struct AppliedMigration {
  int number;
  std::string name;
  bool contracts;
  std::string checksum;
};

// Which of ours are still to be applied; or why this binary and this database do not belong together.
Result<std::vector<Migration>> pending_migrations(std::span<const Migration> ours,
                                                  std::span<const AppliedMigration> applied);

}  // namespace ringdown
