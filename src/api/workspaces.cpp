// The workspaces of whoever is signed in.
#include "api/accounts.h"
#include "api/api.h"
#include "api/sign_in.h"
#include "ports/clock.h"
#include "ports/db.h"

namespace ringdown {
namespace {

struct NewWorkspace {
  std::string name;
  WorkspaceKind kind;
};
BOOST_DESCRIBE_STRUCT(NewWorkspace, (), (name, kind))

}  // namespace

template <>
inline constexpr auto json_rules<NewWorkspace> = rules_of<NewWorkspace>(
    field(&NewWorkspace::name, Form::line, length(1, 100)),
    field(&NewWorkspace::kind,
          says("live calls real people, rehearsal simulated ones; it cannot be changed later")));

namespace {

Task<Result<std::vector<store::WorkspaceOfUser>>> list_workspaces(Asked& asked) {
  co_return co_await asked.api.db.instance_read(
      [id = asked.user()](Tx& tx) { return store::workspaces_of(tx, id); });
}

Task<Result<Created<store::WorkspaceRecord>>> make_workspace(Asked& asked, Body<NewWorkspace> body) {
  auto made = co_await asked.api.db.instance(
      [act = act_of(asked, asked.api.clock.now()), wanted = std::move(body.value)](Tx& tx) {
        return flow::create_workspace(tx, act, wanted.name, wanted.kind);
      });
  if (!made) co_return std::unexpected(made.error());
  co_return Created<store::WorkspaceRecord>{std::move(*made)};
}

}  // namespace

const RouteTable workspace_routes = {
    route(Verb::get, "/api/workspaces", "Workspaces of whoever is signed in", Access::user, list_workspaces),
    route(Verb::post, "/api/workspaces", "A new workspace, owned by its maker", Access::owner,
          make_workspace),
};

}  // namespace ringdown
