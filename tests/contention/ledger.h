// What a test may do that the product does not: write a change and learn its position, read all of them at
// once.
#pragma once

#include <set>
#include <vector>

#include "store/changes.h"
#include "tests/support/stores.h"

namespace ringdown::test {

inline constexpr Statement stamp_change(
    "stamp_change", Scope::instance,
    "INSERT INTO changes (workspace_id, topic, entity, at) VALUES (?1, ?2, ?3, ?4) RETURNING tx, id",
    "INSERT INTO changes (workspace_id, topic, entity, at) VALUES ($1, $2, $3, $4) RETURNING tx, id", 4,
    false);

inline std::vector<store::Change> all_changes(Db& db) {
  return await(db.instance_read([](Tx& tx) { return store::changes_after(tx, {}, 9'999); }));
}

}  // namespace ringdown::test
