#include "ports/migration.h"

#include <fmt/format.h>

namespace ringdown {

Result<std::vector<Migration>> pending_migrations(std::span<const Migration> ours,
                                                  std::span<const AppliedMigration> applied) {
  for (std::size_t i = 0; i < applied.size(); ++i) {
    const AppliedMigration& done = applied[i];
    if (i >= ours.size()) {
      if (!done.contracts) continue;  // a newer binary made room for more; ours still works beside it
      return fail(Reason::conflict,
                  fmt::format("the database has migration {}, which takes away what this older binary needs; "
                              "start the newer ringdown, or restore a backup made before it",
                              done.name));
    }
    if (done.number != ours[i].number || done.checksum != ours[i].checksum) {
      return fail(Reason::conflict,
                  fmt::format("migration {} was applied as {} (checksum {}) but this binary carries {} (checksum {}); "
                              "an applied migration is never edited: put the old text back and add a new one",
                              done.number, done.name, done.checksum, ours[i].name, ours[i].checksum));
    }
  }
  const std::size_t known = std::min(applied.size(), ours.size());
  return std::vector<Migration>(ours.begin() + static_cast<std::ptrdiff_t>(known), ours.end());
}

}  // namespace ringdown
