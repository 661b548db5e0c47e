#include "flow/hurry.h"

#include "store/engine_rounds.h"
#include "store/line.h"
#include "store/people.h"

namespace ringdown::flow {
namespace {

constexpr int workspaces_per_unit = 200;
constexpr int units_max = 500;

struct Page {
  std::int64_t hurried = 0;
  std::optional<WorkspaceId> behind;
};

Page hurry(Tx& tx, WorkspaceId behind, Time now) {
  const auto some = store::workspaces_after(tx, behind, workspaces_per_unit);
  if (some.empty()) return {};
  Page page{.hurried = 0, .behind = some.back()};
  for (const char* work : {store::plan_work, store::dial_work}) {
    page.hurried += store::hurry_work(tx, work, behind, some.back(), now);
  }
  return page;
}

}  // namespace

Task<std::int64_t> hurry_everywhere(Db& db, Clock& clock) {
  std::int64_t hurried = 0;
  std::optional<WorkspaceId> behind = WorkspaceId{};
  for (int unit = 0; behind && unit < units_max; ++unit) {
    const Page page =
        co_await db.instance([from = *behind, now = clock.now()](Tx& tx) { return hurry(tx, from, now); });
    hurried += page.hurried;
    behind = page.behind;
  }
  co_return hurried;
}

}  // namespace ringdown::flow
