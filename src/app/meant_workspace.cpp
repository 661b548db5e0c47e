#include "app/meant_workspace.h"

namespace ringdown {
namespace {

constexpr int page_size = 500;

std::unexpected<Failure> no_workspace(const std::string& wanted) {
  if (wanted.empty()) {
    return fail(Reason::not_found,
                "there is no workspace yet; the set-up code that `ringdown serve` prints makes the first, or "
                "`ringdown user add`");
  }
  return fail(Reason::not_found, "there is no workspace '" + wanted + "'; `ringdown user list` names them");
}

}  // namespace

std::vector<store::WorkspaceRecord> every_workspace(Tx& tx) {
  std::vector<store::WorkspaceRecord> all;
  for (WorkspaceId after{};;) {
    const auto ids = store::workspaces_after(tx, after, page_size);
    if (ids.empty()) return all;
    for (const WorkspaceId id : ids) all.push_back(*store::find_workspace(tx, id));
    after = ids.back();
  }
}

Result<store::WorkspaceRecord> meant_workspace(Tx& tx, const std::string& wanted) {
  std::optional<store::WorkspaceRecord> found;
  for (const auto& workspace : every_workspace(tx)) {
    if (!wanted.empty() && wanted != workspace.name && wanted != to_text(workspace.id)) continue;
    if (found) {
      return fail(Reason::conflict,
                  "several workspaces are meant; give the id of one with --workspace; `ringdown user list` "
                  "names them");
    }
    found = workspace;
  }
  if (!found) return no_workspace(wanted);
  return *found;
}

}  // namespace ringdown
