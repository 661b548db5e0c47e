// Who did what in this workspace.
#include "store/audit.h"
#include "api/accounts.h"
#include "api/api.h"
#include "ports/db.h"

namespace ringdown {
namespace {

struct AuditQuery {
  int limit = 50;
  std::optional<store::AuditId> before;
};
BOOST_DESCRIBE_STRUCT(AuditQuery, (), (limit, before))

}  // namespace

template <>
inline constexpr auto json_rules<AuditQuery> =
    rules_of<AuditQuery>(field(&AuditQuery::limit, range(1, 500), may_be_missing),
                         field(&AuditQuery::before, says("the id of the oldest entry of the page before")));

namespace {

Task<Result<std::vector<store::AuditRecord>>> list_audit(Asked& asked, Query<AuditQuery> query) {
  co_return co_await asked.api.db.read(asked.workspace(), [wanted = query.value](Tx& tx) {
    return store::audit_page(tx, wanted.before, wanted.limit);
  });
}

}  // namespace

const RouteTable audit_routes = {
    route(Verb::get, "/api/audit", "Who did what in this workspace, newest first", Access::admin, list_audit)
        .key(KeyScope::admin),
};

}  // namespace ringdown
