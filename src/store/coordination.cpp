#include "store/coordination.h"

#include "store/sql.h"

namespace ringdown::store {

std::optional<Lease> take_lease(Tx& tx, const std::string& name, const Uuid& holder, Time now, Time until) {
  const auto fence = tx.row<std::int64_t>(sql::take_lease, {name, holder, now, until});
  if (!fence) return std::nullopt;
  return Lease{name, holder, *fence};
}

bool release_lease(Tx& tx, const Lease& lease, Time now) {
  return tx.run(sql::release_lease, {lease.name, lease.holder, lease.fence, now}) == 1;
}

bool holds_lease(Tx& tx, const Lease& lease, Time now) {
  return tx.row<std::int64_t>(sql::holds_lease, {lease.name, lease.holder, lease.fence, now}).has_value();
}

bool take_quota(Tx& tx, const std::string& name, Time window_start, std::int64_t limit) {
  if (limit <= 0) return false;
  return tx.run(sql::take_quota, {name, window_start, limit}) == 1;
}

std::int64_t forget_quotas(Tx& tx, Time before) {
  return tx.run(sql::forget_quotas, {before});
}

std::vector<WorkspaceId> due_now(Tx& tx, const std::string& kind, Time now, int limit) {
  return tx.rows<WorkspaceId>(sql::due_now, {kind, now, limit});
}

std::optional<Time> next_due(Tx& tx, const std::string& kind) {
  return tx.row<Time>(sql::next_due, {kind});
}

}  // namespace ringdown::store
