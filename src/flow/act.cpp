#include "flow/act.h"

#include "store/audit.h"
#include "store/people.h"

namespace ringdown::flow {
namespace {

store::AuditRecord line_of(const Act& act, std::string what, std::optional<std::string> target) {
  return {.id = act.chance.id<store::AuditTag>(act.now),
          .user_id = act.user,
          .via = act.via,
          .what = std::move(what),
          .target = std::move(target),
          .address = act.address,
          .at = act.now};
}

}  // namespace

Act act_of_command_line(Time now, Chance& chance) {
  return {.user = {}, .role = {}, .via = "command-line", .address = {}, .now = now, .chance = chance};
}

void note(Tx& tx, const Act& act, std::optional<WorkspaceId> workspace, std::string what,
          std::optional<std::string> target) {
  store::add_audit(tx, workspace, line_of(act, std::move(what), std::move(target)));
}

void note_here(Tx& tx, const Act& act, std::string what, std::optional<std::string> target) {
  store::add_audit(tx, line_of(act, std::move(what), std::move(target)));
}

void note_for_user(Tx& tx, const Act& act, UserId user, const std::string& what) {
  const auto workspaces = store::workspaces_of(tx, user);
  if (workspaces.empty()) note(tx, act, std::nullopt, what, to_text(user));
  for (const auto& workspace : workspaces) note(tx, act, workspace.id, what, to_text(user));
}

}  // namespace ringdown::flow
